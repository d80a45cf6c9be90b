/** The front door: what the app does, what it will ask for, and the button that connects. */
import { ConnectError } from '@polar-connect/browser'
import { webCrypto } from '@polar-connect/browser/web-apis'
import { ConnectButton } from '@polar-connect/react'
import { describeScope, type SubjectType } from '@polar-connect/protocol'
import { useId, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { consentWish } from '../data/consent-wish.ts'
import { useSession } from '../data/use-session.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from '../parts/icon.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { ErrorState } from '../states/error-state.tsx'

interface IndexPageProps {
  /** The page that was asked for without a connection: the person lands there afterwards. */
  readonly continueTo?: string
}

export function IndexPage({ continueTo }: IndexPageProps): ReactNode {
  const { index: words, pages } = useMessages()
  return (
    <div className="pc-hero">
      <PageHeading title={pages.index}>
        {continueTo !== undefined && <p>{words.continueTo(continueTo)}</p>}
        <p className="pc-lead">{words.lead}</p>
      </PageHeading>
      <div className="pc-card">
        <Actions />
      </div>
    </div>
  )
}

function Actions(): ReactNode {
  const { index: words } = useMessages()
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
    if (state.error.code === 'invalid_client') return <NotSetUp error={state.error} />
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
        onError={setFailure}
      />
      {failure !== undefined && <ErrorState alert error={failure} signingIn={request} />}
      <AsksFor scopes={asks.scopes} />
    </>
  )
}

const INSECURE = new ConnectError('insecure_context')
const BLOCKED = new ConnectError('cookies_blocked')
const ANOTHER = { subject: 'organization', prompt: 'consent' } as const

/** A server that runs without its settings, and so can connect nobody. */
function NotSetUp({ error }: { readonly error: ConnectError }): ReactNode {
  const { notSetUp, openDiagnostics } = useMessages()
  return (
    <div className="pc-state" role="alert">
      <h2>{notSetUp.title}</h2>
      <p>{notSetUp.text}</p>
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
  const { index: words } = useMessages()
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
  const { index: words } = useMessages()
  const { server } = useSession()
  const id = useId()
  const where = {
    production: words.confirmAtPolar,
    sandbox: words.confirmAtSandbox,
    emulator: words.confirmAtEmulator,
    custom: undefined,
  }[server?.name ?? 'custom']
  return (
    <section className="pc-asks" aria-labelledby={id}>
      <h2 id={id}>{words.asksFor}</h2>
      <ul className="pc-list">
        {scopes.map((scope) => (
          <li key={scope}>
            <Icon name="check" size={16} />
            <span>{describeScope(scope).label}</span>
          </li>
        ))}
      </ul>
      {where !== undefined && <p className="pc-muted">{where}</p>}
    </section>
  )
}
