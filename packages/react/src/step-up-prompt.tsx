/** Asks for the one permission that a page lacks, and brings the person back to that page. */
import { describeScope, leastScope } from '@polar-connect/protocol'
import type { ConnectError } from '@polar-connect/browser'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useConnectContext } from './context.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useConnection } from './use-connection.ts'
import { useOpening } from './use-opening.ts'

export interface StepUpPromptProps extends Omit<ComponentProps<'div'>, 'onError'> {
  /** An `insufficient_scope`. Its scopes are alternatives: the one that only reads is asked for. */
  readonly error: ConnectError
  /** The app's name, if the provider does not have it. */
  readonly app?: string
  /** Whether the person came back without granting it. */
  readonly denied?: boolean
  /** A page that says what the app needs the permission for. */
  readonly help?: string
  /** The class of the button. */
  readonly buttonClassName?: string
  /** Hears why Polar did not open. Without it the prompt says so itself, in words. */
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
  const scope = leastScope(error.details.scopes ?? []) ?? ''
  const { opening, failure, open } = useOpening(() => stepUp([scope]), onError)
  const name = app ?? context.app
  const { title, text } = messages.problem(error, {
    ...(name !== undefined && { app: name }),
    ...(scope !== '' && { words: describeScope(scope).words }),
  })
  return (
    <div {...rest} className={classNames('polar-card', className)}>
      <h2>{title}</h2>
      <p>{text}</p>
      {denied && <p role="status">{messages.grantDenied}</p>}
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
