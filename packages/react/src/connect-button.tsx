/** The button that begins a connection. A real button: it works before it navigates. */
import { useEffect, useState, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import type { ConnectRequest } from '@polar-connect/browser'
import { useMessages } from './context.ts'
import { useConnection } from './use-connection.ts'

export interface ConnectButtonProps
  extends Omit<ComponentProps<'button'>, 'onError' | 'prompt'>, ConnectRequest {
  readonly onError?: (error: unknown) => void
}

export function ConnectButton(props: ConnectButtonProps): ReactNode {
  const { subject, scopes, organization, prompt, returnPath, ...others } = props
  const { onError, onClick, children, ...rest } = others
  const messages = useMessages()
  const { connect } = useConnection()
  const [opening, setOpening] = useState(false)
  useEffect(() => {
    // Back from Polar out of the browser's cache: the button must be ready again.
    const ready = () => setOpening(false)
    addEventListener('pageshow', ready)
    return () => removeEventListener('pageshow', ready)
  }, [])

  async function open(event: MouseEvent<HTMLButtonElement>): Promise<void> {
    if (opening) return
    onClick?.(event)
    if (event.defaultPrevented) return
    setOpening(true)
    try {
      await connect({
        ...(subject && { subject }),
        ...(scopes && { scopes }),
        ...(organization && { organization }),
        ...(prompt && { prompt }),
        ...(returnPath && { returnPath }),
      })
    } catch (error) {
      setOpening(false)
      if (onError === undefined) throw error
      onError(error)
    }
  }

  return (
    <button
      type="button"
      {...rest}
      aria-disabled={opening || (rest['aria-disabled'] ?? false)}
      onClick={(event) => void open(event)}
    >
      {opening ? messages.opening : (children ?? messages.connect)}
    </button>
  )
}
