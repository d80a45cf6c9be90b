/** A failed sign-in: what happened, what to do, and a retry. */
import type { ConnectError, ConnectRequest } from '@polar-connect/browser'
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { ConnectButton } from './connect-button.tsx'
import { useMessages } from './context.ts'
import { useProblem } from './problem-notice.tsx'

export interface ConnectFailedProps extends Omit<ComponentProps<'div'>, 'children'> {
  readonly error: ConnectError
  /** The options for a retry, from `onFailed` of the callback page. */
  readonly retry?: ConnectRequest
  /** The link of "Back to start". Default: `/`. */
  readonly home?: string | undefined
}

/**
 * Shows a failed sign-in. {@link CallbackPage} uses it by default.
 *
 * @example
 * <ConnectFailed error={failure.error} retry={failure.retry} />
 */
export function ConnectFailed(props: ConnectFailedProps): ReactNode {
  const { error, retry, home = '/', className, ...rest } = props
  const messages = useMessages()
  const { title, text, action, origin, reference } = useProblem(error, true)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { status, description } = error.details
  const facts = [error.code, status, description].filter(Boolean)
  return (
    <div {...rest} className={classNames('polar-card', className)}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{text}</p>
      <div className="polar-actions">
        {origin}
        {!WITHOUT_RETRY.has(action) && (
          <ConnectButton {...retry}>{messages.tryAgain}</ConnectButton>
        )}
        <a href={home}>{messages.backToStart}</a>
      </div>
      {reference}
      <details>
        <summary>{messages.details}</summary>
        <code translate="no">{facts.join(' · ')}</code>
      </details>
    </div>
  )
}

/** Errors for which a retry would fail again. */
const WITHOUT_RETRY: ReadonlySet<string> = new Set(['address', 'home', 'none'])
