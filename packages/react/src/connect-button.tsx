/** The button that begins a sign-in. It is a button, not a link, because it first calls the server. */
import type { ConnectRequest } from '@polar-connect/browser'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useConnect, useMessages } from './context.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useOpening } from './use-opening.ts'

export interface ConnectButtonProps
  extends Omit<ComponentProps<'button'>, 'onError' | 'prompt'>, ConnectRequest {
  /** Gets the error if no sign-in began. Without it, the button shows the error. */
  readonly onError?: (error: unknown) => void
}

/**
 * Opens Polar's consent page. If that fails, it says why.
 *
 * @example
 * <ConnectButton subject="organization" returnPath="/dashboard" />
 */
export function ConnectButton(props: ConnectButtonProps): ReactNode {
  const { subject, scopes, organization, prompt, returnPath, ...others } = props
  const { onError, onClick, children, className, ...rest } = others
  const messages = useMessages()
  const { connect } = useConnect()
  // The request is JSON, which omits undefined values.
  const request = { subject, scopes, organization, prompt, returnPath } as ConnectRequest
  const { opening, failure, open } = useOpening(() => connect(request), onError)

  const disabled = opening || String(rest['aria-disabled']) === 'true'

  function press(event: MouseEvent<HTMLButtonElement>): void {
    onClick?.(event)
    if (!event.defaultPrevented) open()
  }

  return (
    <>
      <button
        type="button"
        {...rest}
        className={classNames('polar-button', className)}
        aria-disabled={disabled}
        onClick={disabled ? undefined : press}
      >
        {opening ? messages.opening : (children ?? messages.connect)}
      </button>
      <ProblemNotice error={failure} signingIn />
    </>
  )
}
