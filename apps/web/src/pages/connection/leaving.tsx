/** The two ways out: log out of this browser, or disconnect for good. */
import type { Connection } from '@polar-connect/protocol'
import { useId, useState, type ReactNode } from 'react'
import { organizationName } from '../../data/subject-name.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useLeave } from '../../parts/leave.tsx'
import { WriteButton } from '../../parts/write-button.tsx'

export function Leaving({ connection }: { readonly connection: Connection }): ReactNode {
  const { app, connection: words, logOut, yourOrganizations } = useMessages()
  const org = organizationName(connection, yourOrganizations)
  const { leave } = useLeave()
  const id = useId()
  const [asking, setAsking] = useState(false)
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
          onClick={() => setAsking(true)}
        >
          {words.disconnect}
        </WriteButton>
      </div>
      {asking && <DisconnectDialog name={org} onClose={() => setAsking(false)} />}
    </Card>
  )
}

interface DisconnectDialogProps {
  readonly name: string
  readonly onClose: () => void
}

export function DisconnectDialog({ name, onClose }: DisconnectDialogProps): ReactNode {
  const { app, connection: words } = useMessages()
  const { leave, leaving } = useLeave()

  async function disconnect(button: HTMLElement): Promise<void> {
    await leave('disconnect')
    button.closest('dialog')?.close()
  }

  return (
    <ConfirmDialog
      title={words.dialogTitle}
      text={
        <>
          <p>{words.dialogText(app, name)}</p>
          <p>{words.dialogOthers}</p>
        </>
      }
      keep={words.keep}
      onClose={onClose}
    >
      <button
        type="button"
        className="pc-button pc-button--danger"
        aria-disabled={leaving}
        onClick={({ currentTarget }) => {
          if (!leaving) void disconnect(currentTarget)
        }}
      >
        {leaving ? words.disconnecting : words.disconnect}
      </button>
    </ConfirmDialog>
  )
}
