/** The page that Polar returns to. It finishes the sign-in once, and continues. */
import { ConnectError, type CallbackOutcome, type ConnectRequest } from '@polar-connect/browser'
import { useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { ConnectFailed, type ConnectFailedProps } from './connect-failed.tsx'
import { useConnectContext } from './context.ts'

const SLOW_AFTER_MS = 8000

export interface CallbackPageProps extends Omit<ComponentProps<'div'>, 'children'> {
  /** Where people continue if they came from no certain page. Default: `/`. */
  readonly home?: string
  /**
   * A page of the app for failures. Its address gets `reason` (the code), and `ref` if the server sent a
   * reference. Default: this page shows {@link ConnectFailed}.
   */
  readonly failed?: string
  /** Called after a new sign-in succeeded, before the page continues. */
  readonly onConnected?: () => void
  /** Gets a failure and must show it: this page does not. */
  readonly onFailed?: (error: ConnectError, retry: ConnectRequest) => void
}

/**
 * The page at `/auth/callback`.
 *
 * @example
 * <Route path="/auth/callback" element={<CallbackPage home="/dashboard" />} />
 */
export function CallbackPage(props: CallbackPageProps): ReactNode {
  const { home, failed, onConnected, onFailed, className, ...rest } = props
  const { connect, navigate, messages } = useConnectContext()
  const [slow, setSlow] = useState(false)
  const [failure, setFailure] = useState<Pick<ConnectFailedProps, 'error' | 'retry'>>()
  const heading = useRef<HTMLHeadingElement>(null)
  const finish = useRef<(outcome: CallbackOutcome) => void>(undefined)

  useEffect(() => {
    // Uses the props of the last render, even after a long wait for Polar.
    finish.current = (outcome) => {
      if (outcome.status === 'connected') onConnected?.()
      if (outcome.status !== 'failed') return navigate(toPath(outcome, home), { replace: true })
      const { error, retry } = outcome
      if (failed) navigate(toFailedPath(failed, error), { replace: true })
      if (onFailed) onFailed(error, retry)
      else if (!failed) setFailure({ error, retry })
    }
  })
  useEffect(() => {
    heading.current?.focus()
    let mounted = true
    void connect
      .completeCallback()
      .then((outcome) => mounted && finish.current?.(outcome))
      .catch((cause: unknown) => {
        // Code of the app threw, such as `onConnected`.
        setFailure({ error: new ConnectError('unknown', {}, { cause }) })
        reportError(cause)
      })
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS)
    return () => {
      mounted = false
      clearTimeout(timer)
    }
  }, [connect])

  if (failure) {
    return <ConnectFailed {...rest} {...failure} className={className} home={home} />
  }
  return (
    <div {...rest} className={classNames('polar-card', className)}>
      <h1 ref={heading} tabIndex={-1}>
        {messages.callbackTitle}
      </h1>
      <p role="status">{slow ? messages.callbackSlow : messages.callbackText}</p>
      <progress aria-label={messages.callbackTitle} />
    </div>
  )
}

type Failed = Extract<CallbackOutcome, { readonly status: 'failed' }>

function toPath(outcome: Exclude<CallbackOutcome, Failed>, home: string | undefined): string {
  const path = outcome.status === 'connected' ? outcome.returnPath : '/'
  // If the app has a `home`, people do not continue on the front page.
  return home && /^\/([?#]|$)/.test(path) ? home : path
}

function toFailedPath(path: string, { code, details }: ConnectError): string {
  const query = new URLSearchParams({ reason: code })
  if (details.reference) query.set('ref', details.reference)
  return `${path}?${query}`
}
