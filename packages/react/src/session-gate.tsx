/** Shows its children only to connected people. */
import { ConnectError } from '@polar-connect/browser'
import type { ReactNode } from 'react'
import { ConnectButton } from './connect-button.tsx'
import { useConnect, useConnectState, useMessages } from './context.ts'
import { Notice, ProblemNotice } from './problem-notice.tsx'
import { useConnection } from './use-connection.ts'
import { useOpening } from './use-opening.ts'

export interface SessionGateProps {
  /** For connected people. They stay if Polar ends the connection, so that no one loses a page. */
  readonly children: ReactNode
  /** For people who are not connected. Default: a `ConnectButton`. */
  readonly fallback?: ReactNode
  /** Until the server has answered. Default: nothing. */
  readonly loading?: ReactNode
  /** Above the children after Polar ended the connection. Default: a notice with "Reconnect". */
  readonly ended?: ReactNode
  /** If the server does not answer. Default: a notice with "Try again". */
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
  const { check } = useConnect()
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
      return <ProblemNotice error={state.error} signingIn retry={check} />
  }
}

/** Reconnects the same account and returns to the same page. */
function Ended(): ReactNode {
  const messages = useMessages()
  const { stepUp } = useConnection()
  const { opening, failure, open } = useOpening(() => stepUp([]))
  return (
    <Notice error={new ConnectError('reauthorization_required')}>
      <button type="button" className="polar-button" aria-disabled={opening} onClick={open}>
        {opening ? messages.opening : messages.reconnect}
      </button>
      <ProblemNotice error={failure} signingIn />
    </Notice>
  )
}
