/** The front page: what the app does, what it will ask for, and the button that connects. */
import { ConnectError } from '@polar-connect/browser'
import { webCrypto } from '@polar-connect/browser/web-apis'
import { ConnectButton, problemText } from '@polar-connect/react'
import { describeScope, type ScopeDescription, type SubjectType } from '@polar-connect/protocol'
import { useEffect, useId, useState, type ReactNode } from 'react'
import { consentWish } from '../data/consent-wish.ts'
import { lastSignIn } from '../data/last-sign-in.ts'
import { forgetLeaving, hasLeft, noteLeaving } from '../data/left-for-polar.ts'
import { organizationName } from '../data/subject-name.ts'
import { useSession } from '../data/use-session.ts'
import { dayAt, daysBetween } from '../format/calendar-day.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { AppLinks } from '../parts/app-links.tsx'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { ErrorState } from '../states/error-state.tsx'

interface IndexPageProps {
  /** The page that was opened without a connection. The person lands there afterwards. */
  readonly continueTo?: string
}

export function IndexPage({ continueTo }: IndexPageProps): ReactNode {
  const { index: words, pages, readOnly, disconnectAnyTime, yourOrganizations } = useFrontMessages()
  const { state, asks } = useSession()
  const connection = state.status === 'connected' ? state.connection : undefined
  const asksToRead = !asks.scopes.some((scope) => describeScope(scope).changes)
  return (
    <div className="pc-hero">
      <PageHeading
        title={
          connection
            ? words.connectedTo(organizationName(connection, yourOrganizations))
            : pages.index
        }
      >
        {continueTo !== undefined && <p>{words.continueTo(continueTo)}</p>}
        <p className="pc-lead">{words.lead}</p>
        <p>{asksToRead ? `${readOnly} ${disconnectAnyTime}` : disconnectAnyTime}</p>
      </PageHeading>
      <Why />
      <div className="pc-card">
        <Actions />
      </div>
    </div>
  )
}

const SESSION_DAYS = 30

/** Why the person is here again: they left Polar, or their connection ended. */
function Why(): ReactNode {
  const { index: words } = useFrontMessages()
  const { state, serverNow } = useSession()
  const [left, setLeft] = useState(hasLeft)
  useEffect(() => {
    const onShown = ({ persisted }: PageTransitionEvent) => {
      // From the back/forward cache: this page missed all news.
      if (persisted) setLeft(hasLeft())
    }
    addEventListener('pageshow', onShown)
    return () => removeEventListener('pageshow', onShown)
  }, [])
  const day = lastSignIn()
  if (left) return <p role="status">{words.leftPolar}</p>
  if (state.status !== 'disconnected' || state.elsewhere || day === undefined) return null
  const days = daysBetween(day, dayAt(serverNow(), 'UTC'))
  return <p role="status">{days >= SESSION_DAYS ? words.ended : words.lost}</p>
}

function Actions(): ReactNode {
  const { index: words } = useFrontMessages()
  const { state, asks, check } = useSession()
  const [failure, setFailure] = useState<unknown>()
  const [chosen, setChosen] = useState<SubjectType>()
  const subject = chosen ?? asks.subject

  const unreachable = state.status === 'unreachable' ? state.error : undefined
  // At the right address there may be WebCrypto and cookies.
  if (unreachable?.code !== 'wrong_address') {
    if (webCrypto() === undefined) return <ErrorState alert error={INSECURE} />
    if (!navigator.cookieEnabled) {
      return <ErrorState alert error={BLOCKED} onRetry={() => location.reload()} />
    }
  }
  if (state.status === 'unreachable') {
    if (NOT_SET_UP.has(state.error.code)) return <NotSetUp error={state.error} />
    return (
      <ErrorState alert error={state.error} onRetry={() => void check()}>
        {import.meta.env.DEV && <p>{words.devHint}</p>}
      </ErrorState>
    )
  }
  if (state.status === 'connected') {
    return (
      <>
        <Link className="pc-button pc-button--primary pc-button--large" to="/dashboard">
          {words.open}
        </Link>
        <ConnectButton
          key="another"
          className="pc-button pc-button--large"
          {...ANOTHER}
          onError={setFailure}
        >
          {words.another}
        </ConnectButton>
        {failure !== undefined && <ErrorState alert error={failure} signingIn={ANOTHER} />}
      </>
    )
  }
  const request = { subject, ...consentWish() }
  return (
    <>
      <SubjectChoice subject={subject} onChoose={setChosen} />
      <ConnectButton
        key="connect"
        className="pc-button pc-button--primary pc-button--large"
        {...request}
        onClick={noteLeaving}
        onError={(error) => {
          forgetLeaving()
          setFailure(error)
        }}
      />
      {failure !== undefined && <ErrorState alert error={failure} signingIn={request} />}
      <AppLinks />
      <AsksFor scopes={asks.scopes} />
    </>
  )
}

const INSECURE = new ConnectError('insecure_context')
const BLOCKED = new ConnectError('cookies_blocked')
const ANOTHER = { subject: 'organization', prompt: 'consent' } as const

const NOT_SET_UP: ReadonlySet<string> = new Set(['misconfigured', 'invalid_client'])

/** A server without its settings. It can connect no one. */
function NotSetUp({ error }: { readonly error: ConnectError }): ReactNode {
  const { app, openDiagnostics } = useFrontMessages()
  // Without a link to the start: this is the start.
  const { title, text } = problemText('misconfigured', { app, development: true })
  return (
    <div className="pc-state" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      {import.meta.env.DEV && (
        <Link className="pc-button pc-button--primary" to="/diagnostics">
          {openDiagnostics}
        </Link>
      )}
      <TechnicalDetails error={error} />
    </div>
  )
}

interface SubjectChoiceProps {
  readonly subject: SubjectType
  readonly onChoose: (subject: SubjectType) => void
}

function SubjectChoice({ subject, onChoose }: SubjectChoiceProps): ReactNode {
  const { index: words } = useFrontMessages()
  const id = useId()
  const choices = [
    { value: 'organization', name: words.organization, hint: words.organizationHint },
    { value: 'user', name: words.user, hint: words.userHint },
  ] as const
  return (
    <fieldset className="pc-choices">
      <legend>{words.question}</legend>
      {choices.map(({ value, name, hint }) => (
        <label key={value} className="pc-choice">
          <input
            type="radio"
            name={id}
            aria-label={name}
            aria-describedby={`${id}-${value}`}
            checked={subject === value}
            onChange={() => onChoose(value)}
          />
          <span>{name}</span>
          <small id={`${id}-${value}`}>{hint}</small>
        </label>
      ))}
    </fieldset>
  )
}

function AsksFor({ scopes }: { readonly scopes: readonly string[] }): ReactNode {
  const { index: words } = useFrontMessages()
  const { server } = useSession()
  const id = useId()
  const where = {
    production: words.confirmAtPolar,
    sandbox: words.confirmAtSandbox,
    emulator: words.confirmAtEmulator,
    custom: undefined,
  }[server?.name ?? 'custom']
  const described = scopes.map(describeScope)
  return (
    <section className="pc-asks">
      <Things id={id} title={words.sees} scopes={described.filter(({ changes }) => !changes)} />
      <Things
        id={`${id}-changes`}
        title={words.changes}
        scopes={described.filter(({ changes }) => changes)}
      />
      {where !== undefined && <p className="pc-muted">{where}</p>}
    </section>
  )
}

interface ThingsProps {
  readonly id: string
  readonly title: string
  readonly scopes: readonly ScopeDescription[]
}

function Things({ id, title, scopes }: ThingsProps): ReactNode {
  if (scopes.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="pc-list">
        {scopes.map(({ scope, thing }) => (
          <li key={scope}>
            <Icon name="check" size={16} />
            <span>{thing}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
