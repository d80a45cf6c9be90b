/** One failure: what happened, the cause in one sentence, one action that can work, and the details. */
import { ConnectError, type ConnectRequest } from '@polar-connect/browser'
import { problemText, useConnection, type ProblemAction } from '@polar-connect/react'
import { useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { Link } from '../parts/link.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'

const PRIMARY = 'pc-button pc-button--primary'

export interface WayBack {
  readonly to: string
  /** `Back to orders` */
  readonly name: string
}

interface ErrorStateProps {
  readonly error: unknown
  /** In the words of the page: `products`. */
  readonly thing?: string
  readonly onRetry?: () => void
  /** Whether it stopped a sign-in, and what another one asks for. */
  readonly signingIn?: boolean | ConnectRequest
  /** A link to what exists, if this does not. */
  readonly back?: WayBack
  /** Whether it follows an action or replaces data: then it is announced at once. */
  readonly alert?: boolean
  readonly children?: ReactNode
}

export function ErrorState(props: ErrorStateProps): ReactNode {
  const { error, thing, onRetry, signingIn = false, back, alert, children } = props
  const { app, yourThings } = useFrontMessages()
  const text = problemText(error, {
    app,
    signingIn: signingIn !== false,
    development: import.meta.env.DEV,
    ...(thing !== undefined && { thing, things: yourThings(thing) }),
  })
  return (
    <div className="pc-state" role={alert ? 'alert' : undefined}>
      <h2>{text.title}</h2>
      <p>{text.text}</p>
      {children}
      <div className="pc-actions">
        <ErrorAction
          error={error}
          action={text.action}
          {...(onRetry && { onRetry })}
          {...(back && { back })}
          {...(typeof signingIn === 'object' && { request: signingIn })}
        />
      </div>
      <TechnicalDetails error={error} />
    </div>
  )
}

interface ErrorActionProps {
  readonly error: unknown
  readonly action: ProblemAction
  /** What another try asks for, if known. */
  readonly request?: ConnectRequest
  readonly onRetry?: () => void
  readonly back?: WayBack
}

/** The button that a catalogue entry names. */
export function ErrorAction({
  error,
  action,
  request,
  onRetry,
  back,
}: ErrorActionProps): ReactNode {
  const messages = useFrontMessages()
  const { pathname } = useLocation()
  const { connect, stepUp } = useConnection()
  switch (action) {
    case 'connect':
      return (
        <ActionButton onClick={() => connect(request ?? toPlace())}>
          {messages.tryAgain}
        </ActionButton>
      )
    case 'reconnect':
      return <ActionButton onClick={() => stepUp([])}>{messages.reconnect}</ActionButton>
    case 'retry':
      return onRetry && <ActionButton onClick={onRetry}>{messages.tryAgain}</ActionButton>
    case 'reload':
      return <ActionButton onClick={() => location.reload()}>{messages.reload}</ActionButton>
    case 'overview':
      // An action never leads to the page that shows it.
      if (pathname === '/dashboard') {
        return onRetry && <ActionButton onClick={onRetry}>{messages.tryAgain}</ActionButton>
      }
      return (
        <Link className={PRIMARY} to="/dashboard">
          {messages.backToOverview}
        </Link>
      )
    case 'list': {
      const { to, name } = back ?? { to: '/dashboard', name: messages.backToOverview }
      return (
        <Link className={PRIMARY} to={to}>
          {name}
        </Link>
      )
    }
    case 'address':
      return <AddressLink error={error} />
    case 'home':
      return (
        <Link className={PRIMARY} to="/">
          {messages.backToStart}
        </Link>
      )
    case 'diagnostics':
      return (
        <Link className={PRIMARY} to="/diagnostics">
          {messages.openDiagnostics}
        </Link>
      )
    case 'fields':
    case 'grant':
    case 'none':
      // Their buttons are in other places: in the form, in the step-up. Waiting needs no button.
      return null
  }
}

/** The page after another try: not the one that shows the failure. */
function toPlace(): { returnPath?: string } {
  return location.pathname.startsWith('/dashboard') ? {} : { returnPath: '/' }
}

/** The same page at the address where the app works. */
function AddressLink({ error }: { readonly error: unknown }): ReactNode {
  const { openAddress } = useFrontMessages()
  const { origin = '' } = error instanceof ConnectError ? error.details : {}
  const here = location.href.slice(location.origin.length)
  return (
    <a className={PRIMARY} href={origin + (toPlace().returnPath ?? here)}>
      {openAddress(origin)}
    </a>
  )
}

interface ActionButtonProps {
  readonly className?: string
  readonly onClick: () => void | Promise<unknown>
  readonly children: string
}

/** A button whose own failure shows beside it. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { className = PRIMARY, onClick, children } = props
  const { app } = useFrontMessages()
  const [failure, setFailure] = useState<unknown>()
  async function act(): Promise<void> {
    setFailure(undefined)
    try {
      await onClick()
    } catch (error) {
      setFailure(error)
    }
  }
  const problem = failure === undefined ? undefined : problemText(failure, { app })
  return (
    <>
      <button type="button" className={className} onClick={() => void act()}>
        {children}
      </button>
      {problem && <p role="alert">{problem.title}</p>}
      {problem?.action === 'address' && <AddressLink error={failure} />}
    </>
  )
}
