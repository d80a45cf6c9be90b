/** Asks for the one permission that a page lacks, and brings the person back to it. */
import { describeScope, leastScope } from '@polar-connect/protocol'
import type { ConnectError } from '@polar-connect/browser'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { useMessages } from './context.ts'
import { useConnection } from './use-connection.ts'

export interface StepUpPromptProps extends Omit<ComponentProps<'div'>, 'onError'> {
  /** The refusal: its permissions are alternatives, and the one that only reads is asked for. */
  readonly error: ConnectError
  readonly app: string
  /** Whether the person came back without granting it. */
  readonly denied?: boolean
  /** Where the app says what it needs the permission for. */
  readonly help?: string
  /** Of the button. */
  readonly buttonClassName?: string
  readonly onError?: (error: unknown) => void
}

export function StepUpPrompt(props: StepUpPromptProps): ReactNode {
  const { error, app, denied, help, buttonClassName, onError, ...rest } = props
  const messages = useMessages()
  const { stepUp } = useConnection()
  const [opening, setOpening] = useState(false)
  const scope = leastScope(error.details.scopes ?? [])
  const words = scope === undefined ? {} : { words: describeScope(scope).words }
  const { title, text } = messages.problem(error, { app, ...words })

  async function grant(): Promise<void> {
    if (scope === undefined || opening) return
    setOpening(true)
    try {
      await stepUp([scope])
    } catch (cause) {
      setOpening(false)
      if (onError === undefined) throw cause
      onError(cause)
    }
  }

  return (
    <div {...rest}>
      <h2>{title}</h2>
      <p>{text}</p>
      {denied ? <p role="status">{messages.grantDenied}</p> : null}
      <button
        type="button"
        className={buttonClassName}
        aria-disabled={opening}
        onClick={() => void grant()}
      >
        {opening ? messages.opening : messages.grant}
      </button>
      {help !== undefined && <a href={help}>{messages.why}</a>}
    </div>
  )
}
