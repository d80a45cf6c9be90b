/** The front door: what the app does, what it will ask for, and the button that connects. */
import { ConnectButton } from '@polar-connect/react'
import { DEFAULT_SCOPES, describeScope, type SubjectType } from '@polar-connect/protocol'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useSession } from '../data/use-session.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from '../parts/icon.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
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
  const { index: words, insecure } = useMessages()
  const { state, check } = useSession()
  const [failure, setFailure] = useState<unknown>()
  const [subject, setSubject] = useState<SubjectType>('organization')

  if (globalThis.crypto?.subtle === undefined) {
    return (
      <div className="pc-state" role="alert">
        <h2>{insecure.title}</h2>
        <p>{insecure.text}</p>
      </div>
    )
  }
  if (state.status === 'unreachable') {
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
          subject="organization"
          prompt="consent"
          onError={setFailure}
        >
          {words.another}
        </ConnectButton>
        {failure !== undefined && <ErrorState alert error={failure} />}
      </>
    )
  }
  return (
    <>
      <SubjectChoice subject={subject} onChoose={setSubject} />
      <ConnectButton
        key="connect"
        className="pc-button pc-button--primary pc-button--large"
        subject={subject}
        onError={setFailure}
      />
      {failure !== undefined && (
        <ErrorState alert error={failure} onRetry={() => setFailure(undefined)} />
      )}
      <AsksFor />
    </>
  )
}

interface SubjectChoiceProps {
  readonly subject: SubjectType
  readonly onChoose: (subject: SubjectType) => void
}

function SubjectChoice({ subject, onChoose }: SubjectChoiceProps): ReactNode {
  const { index: words } = useMessages()
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
            name="subject"
            aria-label={name}
            aria-describedby={`subject-${value}`}
            checked={subject === value}
            onChange={() => onChoose(value)}
          />
          {name}
          <small id={`subject-${value}`}>{hint}</small>
        </label>
      ))}
    </fieldset>
  )
}

function AsksFor(): ReactNode {
  const { index: words } = useMessages()
  const { server } = useSession()
  const where = {
    production: words.confirmAtPolar,
    sandbox: words.confirmAtSandbox,
    emulator: words.confirmAtEmulator,
    custom: undefined,
  }[server?.name ?? 'custom']
  return (
    <section className="pc-asks" aria-labelledby="asks-for">
      <h2 id="asks-for">{words.asksFor}</h2>
      <ul className="pc-list">
        {DEFAULT_SCOPES.map((scope) => (
          <li key={scope}>
            <Icon name="check" size={16} />
            {describeScope(scope).words}
          </li>
        ))}
      </ul>
      {where !== undefined && <p className="pc-muted">{where}</p>}
    </section>
  )
}
