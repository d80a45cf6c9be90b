/** Asks for the missing scopes of a page in one consent, and returns to the page. */
import { describeScopes, leastScope } from '@polar-connect/protocol'
import type { ConnectError } from '@polar-connect/browser'
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useConnectContext } from './context.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useConnection } from './use-connection.ts'
import { useOpening } from './use-opening.ts'

export interface StepUpPromptProps extends Omit<ComponentProps<'div'>, 'onError'> {
  /**
   * One `insufficient_scope` error, or several. The scopes of an error are alternatives: the prompt asks
   * for the read scope.
   */
  readonly error: ConnectError | readonly ConnectError[]
  /** The app's name, if the provider does not have it. */
  readonly app?: string
  /** Whether the person came back without granting it. That text gets the focus. */
  readonly denied?: boolean
  /** A page that explains why the app needs the permission. */
  readonly help?: string
  /** The class of the button. */
  readonly buttonClassName?: string
  /** Gets the error if Polar did not open. Without it, the prompt shows the error. */
  readonly onError?: (error: unknown) => void
}

/**
 * @example
 * if (error.code === 'insufficient_scope') return <StepUpPrompt error={error} />
 */
export function StepUpPrompt(props: StepUpPromptProps): ReactNode {
  const { error, app, denied, help, buttonClassName, onError, className, ...rest } = props
  const context = useConnectContext()
  const { messages } = context
  const { stepUp } = useConnection()
  const errors = [error].flat()
  const lacking = errors.flatMap(({ details: { scopes = [] } }) => leastScope(scopes) ?? [])
  const scopes = [...new Set(lacking)]
  const { opening, failure, open } = useOpening(() => stepUp(scopes), onError)
  const news = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (denied) news.current?.focus()
  }, [denied])
  const name = app ?? context.app
  const { title, text } = messages.problem(errors[0], {
    ...(name !== undefined && { app: name }),
    ...(scopes.length > 0 && { words: describeScopes(scopes) }),
  })
  return (
    <div {...rest} className={classNames('polar-card', className)}>
      <h2>{title}</h2>
      <p>{text}</p>
      {denied && (
        <p ref={news} role="status" tabIndex={-1}>
          {messages.grantDenied}
        </p>
      )}
      <div className="polar-actions">
        <button
          type="button"
          className={classNames('polar-button', buttonClassName)}
          aria-disabled={opening}
          onClick={open}
        >
          {opening ? messages.opening : messages.grant}
        </button>
        {help !== undefined && <a href={help}>{messages.why}</a>}
      </div>
      <ProblemNotice error={failure} signingIn />
    </div>
  )
}
