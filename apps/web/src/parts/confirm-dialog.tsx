/** Asks before something that cannot be undone. The safe answer has the focus. */
import { useEffect, useId, useRef, type ReactNode } from 'react'

interface ConfirmDialogProps {
  readonly title: string
  readonly text?: ReactNode
  /** The button that changes nothing. */
  readonly keep: string
  /** The button that does it. */
  readonly children: ReactNode
  readonly onClose: () => void
}

/** It is open as long as it is mounted. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { title, text, keep, children, onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const safe = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    // Unmounting closes it. Calling `close` here would look like the person's choice.
    if (dialog.current?.open === false) dialog.current.showModal()
    safe.current?.focus()
  }, [])
  return (
    <dialog ref={dialog} className="pc-dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {text}
      <div className="pc-actions">
        <button
          ref={safe}
          type="button"
          className="pc-button"
          onClick={() => dialog.current?.close()}
        >
          {keep}
        </button>
        {children}
      </div>
    </dialog>
  )
}
