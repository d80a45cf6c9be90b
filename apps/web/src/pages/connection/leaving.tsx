/** The two ways out: for this browser, and for good. */
import type { Connection } from '@polar-connect/protocol'
import { useRef, type ReactNode } from 'react'
import { subjectName } from '../../data/subject-name.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { WriteButton } from '../../parts/write-button.tsx'
import { useLeave } from '../../shell/leave.tsx'

export function Leaving({ connection }: { readonly connection: Connection }): ReactNode {
  const { connection: words, logOut } = useMessages()
  const { leave } = useLeave()
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <section className="pc-card pc-divided" aria-labelledby="leave">
      <h2 id="leave">{words.leave}</h2>
      <div className="pc-section-head">
        <p id="log-out-hint" className="pc-muted">
          {words.logOutHint}
        </p>
        <WriteButton aria-describedby="log-out-hint" onClick={() => void leave('log_out')}>
          {logOut}
        </WriteButton>
      </div>
      <div className="pc-section-head">
        <p id="disconnect-hint" className="pc-muted">
          {words.disconnectHint}
        </p>
        <WriteButton
          className="pc-button pc-button--danger"
          aria-describedby="disconnect-hint"
          onClick={() => dialog.current?.showModal()}
        >
          {words.disconnect}
        </WriteButton>
      </div>
      <DisconnectDialog dialog={dialog} name={subjectName(connection)} />
    </section>
  )
}

interface DisconnectDialogProps {
  readonly dialog: { readonly current: HTMLDialogElement | null }
  readonly name: string
}

function DisconnectDialog({ dialog, name }: DisconnectDialogProps): ReactNode {
  const { connection: words } = useMessages()
  const { leave, leaving } = useLeave()

  async function disconnect(): Promise<void> {
    await leave('disconnect')
    dialog.current?.close()
  }

  // The first button has the focus when it opens: the safe one.
  return (
    <dialog ref={dialog} className="pc-dialog" aria-labelledby="disconnect-title">
      <h2 id="disconnect-title">{words.dialogTitle}</h2>
      <p>{words.dialogText(name)}</p>
      <div className="pc-actions">
        <button type="button" className="pc-button" onClick={() => dialog.current?.close()}>
          {words.keep}
        </button>
        <button
          type="button"
          className="pc-button pc-button--danger"
          aria-disabled={leaving}
          onClick={() => {
            if (!leaving) void disconnect()
          }}
        >
          {leaving ? words.disconnecting : words.disconnect}
        </button>
      </div>
    </dialog>
  )
}
