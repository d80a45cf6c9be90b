/** The one permission that making links takes, asked for when somebody is about to make one. */
import { ConnectError } from '@polar-connect/browser'
import { useConnection } from '@polar-connect/react'
import { useId, useState, type ReactNode } from 'react'
import { decideStepUp, useStepUpReturn } from '../../data/step-ups.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ErrorState } from '../../states/error-state.tsx'

const SCOPE = 'checkout_links:write'

interface LinkGrantProps {
  /** What else there is to do. */
  readonly children: ReactNode
}

export function LinkGrant({ children }: LinkGrantProps): ReactNode {
  const { checkoutLinks: words, connection } = useMessages()
  const { stepUp } = useConnection()
  const back = useStepUpReturn()
  const decided = decideStepUp(SCOPE)
  const hint = useId()
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  async function grant(): Promise<void> {
    if (opening) return
    setOpening(true)
    setFailure(undefined)
    try {
      await stepUp([SCOPE])
    } catch (error) {
      setOpening(false)
      setFailure(error)
    }
  }

  if (decided === 'not_enabled') {
    return (
      <>
        <ErrorState error={NOT_ENABLED} />
        <div className="pc-actions">{children}</div>
      </>
    )
  }
  return (
    <>
      {(decided === 'asked_enough' || back?.failure === 'denied') && (
        <p role="status">{connection.denied}</p>
      )}
      {failure !== undefined && <ErrorState alert error={failure} />}
      <div className="pc-actions">
        {decided === 'ask' && (
          <button
            type="button"
            className="pc-button pc-button--primary"
            aria-disabled={opening}
            aria-describedby={hint}
            onClick={() => void grant()}
          >
            {opening ? words.opening : words.grant}
          </button>
        )}
        {children}
      </div>
      {decided === 'ask' && (
        <p id={hint} className="pc-muted pc-small">
          {words.grantHint}
        </p>
      )}
    </>
  )
}

const NOT_ENABLED = new ConnectError('authorization_error.invalid_scope')
