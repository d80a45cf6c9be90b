/** A page that lacks one permission: what for, and the way to grant it, which leads back here. */
import { ConnectError } from '@polar-connect/browser'
import { describeScope, leastScope } from '@polar-connect/protocol'
import { problemText, StepUpPrompt } from '@polar-connect/react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { decideStepUp, useStepUpReturn } from '../data/step-ups.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { ErrorState } from './error-state.tsx'

interface MissingPermissionProps {
  readonly error: ConnectError
}

export function MissingPermission({ error }: MissingPermissionProps): ReactNode {
  const { app } = useMessages()
  const [failure, setFailure] = useState<unknown>()
  const back = useStepUpReturn()
  const scope = leastScope(error.details.scopes ?? [])
  const decided = scope === undefined ? 'ask' : decideStepUp(scope)
  if (decided === 'not_enabled') return <ErrorState error={NOT_ENABLED} />
  if (decided === 'asked_enough') return <NotGranted error={error} />
  return (
    <>
      <StepUpPrompt
        className="pc-state"
        buttonClassName="pc-button pc-button--primary"
        error={error}
        app={app}
        denied={back?.failure === 'denied'}
        onError={setFailure}
      />
      {failure !== undefined && <ErrorState alert error={failure} />}
    </>
  )
}

const NOT_ENABLED = new ConnectError('authorization_error.invalid_scope')

/** Asked for often enough in this visit: what is missing, and a way that is not another round. */
function NotGranted({ error }: MissingPermissionProps): ReactNode {
  const { app, connection: words, backToOverview } = useMessages()
  const scope = leastScope(error.details.scopes ?? []) ?? ''
  const { title, text } = problemText(error, { app, words: describeScope(scope).words })
  return (
    <div className="pc-state">
      <h2>{title}</h2>
      <p>{text}</p>
      <p>{words.denied}</p>
      <div className="pc-actions">
        <Link className="pc-button pc-button--primary" to="/dashboard">
          {backToOverview}
        </Link>
      </div>
      <TechnicalDetails error={error} />
    </div>
  )
}
