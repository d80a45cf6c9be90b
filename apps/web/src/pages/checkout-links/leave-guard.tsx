/**
 * Asks before a link of the page leads away from unsaved changes. A reload and Back do not ask: the
 * tab keeps the changes.
 */
import { useEffect, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useMessages } from '../../messages/use-messages.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

export function LeaveGuard({ onLeave }: { readonly onLeave: () => void }): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const navigate = useNavigate()
  const [target, setTarget] = useState<string>()
  useEffect(() => {
    function onClick(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || event.button !== 0) return
      if (event.ctrlKey || event.metaKey || event.shiftKey || link.target !== '') return
      const { origin, pathname, search } = new URL(link.href)
      if (origin !== location.origin || pathname === location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      setTarget(pathname + search)
    }
    // Before the router hears of it.
    document.addEventListener('click', onClick, true)
    return () => document.removeEventListener('click', onClick, true)
  }, [])
  if (target === undefined) return null
  return (
    <ConfirmDialog title={words.leaveTitle} keep={words.stay} onClose={() => setTarget(undefined)}>
      <button
        type="button"
        className="pc-button pc-button--danger"
        onClick={() => {
          onLeave()
          void navigate(target)
        }}
      >
        {words.leave}
      </button>
    </ConfirmDialog>
  )
}
