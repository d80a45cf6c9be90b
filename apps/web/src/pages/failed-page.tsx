/**
 * A sign-in that failed. From its address the page shows only a code of the catalogue and a
 * reference, so that no one can put words on it by a link.
 */
import { ConnectError } from '@polar-connect/browser'
import { problemText } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useDeveloperHint, useFrontMessages } from '../messages/use-front-messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { ErrorAction } from '../states/error-state.tsx'
import type { Failure } from './callback-route.tsx'

/** As the server makes them: Crockford's base 32. */
const REFERENCE = /^[0-9a-hj-km-np-tv-z]{8}$/

interface FailedPageProps {
  /** What this tab has just seen: it knows more than the address. */
  readonly failure?: Failure | undefined
}

export function FailedPage({ failure }: FailedPageProps): ReactNode {
  const messages = useFrontMessages()
  const [query] = useSearchParams()
  const error = failure?.error ?? toError(query)
  const { reference } = error.details
  const { title, text, action, severity } = problemText(error, {
    app: messages.app,
    signingIn: true,
    development: import.meta.env.DEV,
  })
  // Only the whole connection can be tried again here.
  const primary = action === 'retry' || action === 'reconnect' ? 'connect' : action
  return (
    <section className="pc-card pc-narrow">
      <span className={severity === 'notice' ? 'pc-icon' : 'pc-icon pc-icon--danger'}>
        <Icon name="warning" />
      </span>
      <PageHeading title={title} focusAlways />
      <p>{text}</p>
      <div className="pc-actions">
        <ErrorAction error={error} action={primary} {...(failure && { request: failure.retry })} />
        {primary !== 'home' && primary !== 'diagnostics' && (
          <Link className="pc-button" to="/">
            {messages.backToStart}
          </Link>
        )}
      </div>
      {reference !== undefined && (
        <div className="pc-actions pc-small">
          <span>{messages.reference(reference)}</span>
          <CopyButton thing={messages.things.reference} value={reference} />
        </div>
      )}
      {import.meta.env.DEV && <DeveloperHint error={error} />}
      <TechnicalDetails error={error} />
    </section>
  )
}

function DeveloperHint({ error }: { readonly error: ConnectError }): ReactNode {
  const { developers, openDiagnostics, seeSteps } = useFrontMessages()
  const { reference } = error.details
  const hint = useDeveloperHint(error.code)
  return (
    <div className="pc-banner">
      <p>
        <strong>{developers}</strong> <span>{hint}</span>
      </p>
      <div className="pc-actions">
        <Link to="/diagnostics">{openDiagnostics}</Link>
        <Link to={`/diagnostics/sign-in${reference === undefined ? '' : `?ref=${reference}`}`}>
          {seeSteps}
        </Link>
      </div>
    </div>
  )
}

function toError(query: URLSearchParams): ConnectError {
  // Only codes of the catalogue are reasons. Anything else is unknown.
  const { code } = problemText(query.get('reason'))
  const reference = query.get('ref') ?? ''
  const details = REFERENCE.test(reference) ? { reference } : {}
  return new ConnectError(code, details)
}
