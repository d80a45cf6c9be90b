/** What the app knows of the session beyond its connection: its state as a whole, Polar, the time. */
import type { Connect, ConnectState } from '@polar-connect/browser'
import type { ServerIdentity } from '@polar-connect/protocol'
import { useSyncExternalStore } from 'react'
import { useConnectClient } from './connect-client.ts'

export interface UseSession extends Pick<Connect, 'check' | 'serverNow'> {
  readonly state: ConnectState
  /** The Polar that the app is set up for, once its server has answered. */
  readonly server: ServerIdentity | undefined
}

export function useSession(): UseSession {
  const { subscribe, getState, check, serverNow } = useConnectClient()
  const state = useSyncExternalStore(subscribe, getState)
  return { state, server: 'server' in state ? state.server : undefined, check, serverNow }
}
