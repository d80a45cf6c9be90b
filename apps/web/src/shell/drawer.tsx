/** The navigation of small screens: behind a button, in a dialog of its own. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from '../parts/icon.tsx'
import { Navigation } from './navigation.tsx'

export function Drawer(): ReactNode {
  const { menu, closeMenu } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => dialog.current?.close()
  // Once its content is there, its first element gets the focus.
  useEffect(() => {
    if (open) dialog.current?.showModal()
  }, [open])
  return (
    <>
      <button
        type="button"
        className="pc-button pc-button--quiet pc-drawer-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <Icon name="menu" />
        <span>{menu}</span>
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes it natively; this is a press beside it, or on one of its links */}
      <dialog
        ref={dialog}
        className="pc-drawer"
        aria-label={menu}
        onClose={() => setOpen(false)}
        onClick={({ target, currentTarget }) => {
          const link = target instanceof Element && target.closest('a')
          if (target === currentTarget || link) close()
        }}
      >
        {open && (
          <div className="pc-drawer__panel">
            <button type="button" className="pc-button pc-button--quiet" onClick={close}>
              <Icon name="close" />
              <span>{closeMenu}</span>
            </button>
            <Navigation />
          </div>
        )}
      </dialog>
    </>
  )
}
