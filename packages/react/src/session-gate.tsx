/** Shows its children to a connection, and something else to everybody else. */
import type { ReactNode } from 'react'
import { useConnection } from './use-connection.ts'

export interface SessionGateProps {
  /** For the connected, and for those whose connection Polar ended: their page stays. */
  readonly children: ReactNode
  /** For everybody else. */
  readonly fallback: ReactNode
  /** While nothing is known. */
  readonly loading?: ReactNode
}

export function SessionGate({ children, fallback, loading = null }: SessionGateProps): ReactNode {
  const { status } = useConnection()
  if (status === 'loading') return loading
  return status === 'connected' || status === 'ended' ? children : fallback
}
