/** A page that lacks permissions: what they are for, and a button to grant them that leads back here. */
import type { ConnectError } from '@polar-connect/browser'
import { describeScopes, leastScope } from '@polar-connect/protocol'
import { problemText, StepUpPrompt } from '@polar-connect/react'
import { useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { decideStepUp, NOT_ENABLED_ERROR, useStepUpReturn } from '../data/step-ups.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Link } from '../parts/link.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { ErrorState } from './error-state.tsx'

interface MissingPermissionProps {
  /** The refusals. One consent covers them all. */
  readonly errors: readonly ConnectError[]
}

export function MissingPermission({ errors }: MissingPermissionProps): ReactNode {
  const { app } = useMessages()
  const [failure, setFailure] = useState<unknown>()
  const back = useStepUpReturn()
  const decided = new Set(scopesOf(errors).map(decideStepUp))
  if (decided.has('not_enabled')) return <ErrorState error={NOT_ENABLED_ERROR} />
  if (decided.has('asked_enough')) return <NotGranted errors={errors} />
  return (
    <>
      <StepUpPrompt
        className="pc-state"
        buttonClassName="pc-button pc-button--primary"
        error={errors}
        app={app}
        denied={back?.failure === 'denied'}
        onError={setFailure}
      />
      {failure !== undefined && <ErrorState alert error={failure} />}
    </>
  )
}

function scopesOf(errors: readonly ConnectError[]): readonly string[] {
  return errors.flatMap(({ details: { scopes = [] } }) => leastScope(scopes) ?? [])
}

/** Asked for often enough in this visit: what is missing, and something else to do. */
function NotGranted({ errors }: MissingPermissionProps): ReactNode {
  const { app, connection: words, backToOverview } = useMessages()
  const isOverview = useLocation().pathname === '/dashboard'
  const { title, text } = problemText(errors[0], { app, words: describeScopes(scopesOf(errors)) })
  return (
    <div className="pc-state">
      <h2>{title}</h2>
      <p>{text}</p>
      <p>{words.denied}</p>
      {!isOverview && (
        <div className="pc-actions">
          <Link className="pc-button pc-button--primary" to="/dashboard">
            {backToOverview}
          </Link>
        </div>
      )}
      <TechnicalDetails error={errors[0]} />
    </div>
  )
}
