/** The button that ends the session in every tab. */
import { useState, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useMessages } from './context.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useConnection } from './use-connection.ts'

export interface LogoutButtonProps extends Omit<ComponentProps<'button'>, 'onError'> {
  /** Gets the error if the session may still exist. Without it, the button shows the error. */
  readonly onError?: (error: unknown) => void
}

/**
 * Ends the session. It shows an error if the server does not answer.
 *
 * @example
 * <LogoutButton />
 */
export function LogoutButton(props: LogoutButtonProps): ReactNode {
  const { onError, onClick, children, className, ...rest } = props
  const messages = useMessages()
  const { logout } = useConnection()
  const [leaving, setLeaving] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  async function leave(): Promise<void> {
    setLeaving(true)
    setFailure(undefined)
    try {
      await logout()
    } catch (error) {
      ;(onError ?? setFailure)(error)
    }
    setLeaving(false)
  }

  const disabled = leaving || String(rest['aria-disabled']) === 'true'

  function press(event: MouseEvent<HTMLButtonElement>): void {
    onClick?.(event)
    if (!event.defaultPrevented) void leave()
  }

  return (
    <>
      <button
        type="button"
        {...rest}
        className={classNames('polar-logout', className)}
        aria-disabled={disabled}
        onClick={disabled ? undefined : press}
      >
        {leaving ? messages.loggingOut : (children ?? messages.logOut)}
      </button>
      <ProblemNotice error={failure} />
    </>
  )
}
