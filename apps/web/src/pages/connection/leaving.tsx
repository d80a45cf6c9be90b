/** The two ways out: log out of this browser, or disconnect for good. */
import type { Connection } from '@polar-connect/protocol'
import { useId, useRef, type ReactNode } from 'react'
import { organizationName } from '../../data/subject-name.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Card } from '../../parts/card.tsx'
import { useLeave } from '../../parts/leave.tsx'
import { WriteButton } from '../../parts/write-button.tsx'

export function Leaving({ connection }: { readonly connection: Connection }): ReactNode {
  const { app, connection: words, logOut, yourOrganizations } = useMessages()
  const org = organizationName(connection, yourOrganizations)
  const { leave } = useLeave()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <Card title={words.leave} className="pc-divided">
      <div className="pc-section-head">
        <p id={`${id}-log-out`} className="pc-muted">
          {words.logOutHint}
        </p>
        <WriteButton aria-describedby={`${id}-log-out`} onClick={() => void leave('log_out')}>
          {logOut}
        </WriteButton>
      </div>
      <div className="pc-section-head">
        <p id={`${id}-disconnect`} className="pc-muted">
          {words.disconnectHint(app, org)}
        </p>
        <WriteButton
          className="pc-button pc-button--danger"
          aria-describedby={`${id}-disconnect`}
          onClick={() => dialog.current?.showModal()}
        >
          {words.disconnect}
        </WriteButton>
      </div>
      <DisconnectDialog dialog={dialog} name={org} />
    </Card>
  )
}

interface DisconnectDialogProps {
  readonly dialog: { readonly current: HTMLDialogElement | null }
  readonly name: string
}

export function DisconnectDialog({ dialog, name }: DisconnectDialogProps): ReactNode {
  const { app, connection: words } = useMessages()
  const { leave, leaving } = useLeave()
  const id = useId()

  async function disconnect(): Promise<void> {
    await leave('disconnect')
    dialog.current?.close()
  }

  // When it opens, the first button has the focus: the safe one.
  return (
    <dialog ref={dialog} className="pc-dialog" aria-labelledby={id}>
      <h2 id={id}>{words.dialogTitle}</h2>
      <p>{words.dialogText(app, name)}</p>
      <p>{words.dialogOthers}</p>
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
