/** The session beyond its connection: its whole state, the Polar server, the time. */
import type { Connect, ConnectState } from '@polar-connect/browser'
import { DEFAULT_SCOPES, type Asks, type ServerIdentity } from '@polar-connect/protocol'
import { useConnect, useConnectState } from '@polar-connect/react'

export interface UseSession extends Pick<Connect, 'check' | 'serverNow'> {
  readonly state: ConnectState
  /** The Polar that the app is set up for, once its server has answered. */
  readonly server: ServerIdentity | undefined
  /** What the app is set up to ask for. The default until its server has answered. */
  readonly asks: Asks
}

const USUAL: Asks = {
  scopes: DEFAULT_SCOPES,
  allowed_scopes: DEFAULT_SCOPES,
  subject: 'organization',
}

export function useSession(): UseSession {
  const { check, serverNow } = useConnect()
  const state = useConnectState()
  const known = 'server' in state ? state : undefined
  return { state, server: known?.server, asks: known?.asks ?? USUAL, check, serverNow }
}
