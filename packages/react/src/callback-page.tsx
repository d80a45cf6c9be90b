/** The page that Polar returns to. It finishes the sign-in once, and goes on. */
import type { CallbackOutcome, ConnectError, ConnectRequest } from '@polar-connect/browser'
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode,
} from 'react'
import { useConnectContext } from './context.ts'

const SLOW_AFTER_MS = 8000

export interface CallbackPageProps extends Omit<ComponentProps<'div'>, 'children'> {
  /** Where people land who came from nowhere in particular. */
  readonly home?: string
  /** The page for a failure; it is given `reason`, and `ref` where the server named one. */
  readonly failed?: string
  /** Hears the failure before the page changes, with what the address does not carry. */
  readonly onFailed?: (error: ConnectError, retry: ConnectRequest) => void
}

export function CallbackPage(props: CallbackPageProps): ReactNode {
  const { home = '/dashboard', failed = '/connect/failed', onFailed, ...rest } = props
  const { connect, navigate, messages } = useConnectContext()
  const [slow, setSlow] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)

  const goOn = useEffectEvent((outcome: CallbackOutcome) => {
    navigate(toPath(outcome, home, failed), { replace: true })
    if (outcome.status === 'failed') onFailed?.(outcome.error, outcome.retry)
  })
  useEffect(() => {
    heading.current?.focus()
    let mounted = true
    void connect.completeCallback().then((outcome) => mounted && goOn(outcome))
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS)
    return () => {
      mounted = false
      clearTimeout(timer)
    }
  }, [connect])

  return (
    <div {...rest}>
      <h1 ref={heading} tabIndex={-1}>
        {messages.callbackTitle}
      </h1>
      <p role="status">{slow ? messages.callbackSlow : messages.callbackText}</p>
      <progress aria-label={messages.callbackProgress} />
    </div>
  )
}

function toPath(outcome: CallbackOutcome, home: string, failed: string): string {
  if (outcome.status === 'already_connected') return home
  // The front page is no place to land, with whatever hash a skip link left on it.
  if (outcome.status === 'connected') {
    return /^\/([?#]|$)/.test(outcome.returnPath) ? home : outcome.returnPath
  }
  const { code, details } = outcome.error
  const query = new URLSearchParams({ reason: code })
  if (details.reference !== undefined) query.set('ref', details.reference)
  return `${failed}?${query}`
}
