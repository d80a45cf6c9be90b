/** Shows its children to people who are connected, and something else to everyone else. */
import type { ReactNode } from 'react'
import { ConnectButton } from './connect-button.tsx'
import { useConnectContext, useConnectState, useMessages } from './context.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useConnection } from './use-connection.ts'
import { useOpening } from './use-opening.ts'

export interface SessionGateProps {
  /** For the connected. They stay if Polar ends the connection: no one loses a page. */
  readonly children: ReactNode
  /** For people who are not connected. A `ConnectButton` by default. */
  readonly fallback?: ReactNode
  /** Until the server has answered. Nothing by default. */
  readonly loading?: ReactNode
  /** Above the children once Polar ended the connection. A notice with "Reconnect" by default. */
  readonly ended?: ReactNode
  /** If the server does not answer. A notice with "Try again" by default. */
  readonly unreachable?: ReactNode
}

/**
 * @example
 * <SessionGate>
 *   <Dashboard />
 * </SessionGate>
 */
export function SessionGate(props: SessionGateProps): ReactNode {
  const { children, fallback = <ConnectButton />, loading = null } = props
  const { ended = <Ended />, unreachable } = props
  const { connect } = useConnectContext()
  const state = useConnectState()
  switch (state.status) {
    case 'loading':
      return loading
    case 'connected':
      return children
    case 'ended':
      return (
        <>
          {ended}
          {children}
        </>
      )
    case 'disconnected':
      return fallback
    case 'unreachable':
      if (unreachable !== undefined) return unreachable
      return <ProblemNotice error={state.error} signingIn retry={connect.check} />
  }
}

/** The way back to the same account and the same page. */
function Ended(): ReactNode {
  const messages = useMessages()
  const { stepUp } = useConnection()
  const { opening, failure, open } = useOpening(() => stepUp([]), undefined)
  return (
    <ProblemNotice error="reauthorization_required">
      <button type="button" className="polar-button" aria-disabled={opening} onClick={open}>
        {opening ? messages.opening : messages.reconnect}
      </button>
      <ProblemNotice error={failure} signingIn />
    </ProblemNotice>
  )
}
