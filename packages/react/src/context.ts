/** What the provider passes to the hooks and components below it. */
import type { Connect, ConnectState } from '@polar-connect/browser'
import type { Connection } from '@polar-connect/protocol'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Messages } from './messages.ts'

/** Opens a path of the app. `replace` replaces the current history entry. */
export type Navigate = (path: string, options: { readonly replace: boolean }) => void

export interface ConnectContextValue {
  readonly app: string | undefined
  readonly connect: Connect
  readonly navigate: Navigate
  readonly messages: Messages
}

export const ConnectContext = createContext<ConnectContextValue | undefined>(undefined)

/** @throws {TypeError} outside a `ConnectProvider`. */
export function useConnectContext(): ConnectContextValue {
  const value = useContext(ConnectContext)
  if (value === undefined) throw new TypeError('No ConnectProvider found above.')
  return value
}

/**
 * The client of the provider above, for what the other hooks do not have: `check`, `serverNow` and
 * `getPause`.
 *
 * @throws {TypeError} outside a `ConnectProvider`.
 * @example
 * const { serverNow } = useConnect()
 */
export function useConnect(): Connect {
  return useConnectContext().connect
}

/** What a server renders, and what the page shows until it has hydrated. */
const LOADING: ConnectState = { status: 'loading' }

/**
 * The whole state of the session, such as `elsewhere` and `replaced`. The component renders again when
 * it changes.
 *
 * @throws {TypeError} outside a `ConnectProvider`.
 * @example
 * const state = useConnectState()
 * if (state.status === 'disconnected' && state.elsewhere) return 'You logged out in another tab.'
 */
export function useConnectState(): ConnectState {
  const connect = useConnect()
  return useSyncExternalStore(connect.subscribe, connect.getState, () => LOADING)
}

/** Undefined unless connected, or after Polar ended the connection. */
export function connectionOf(state: ConnectState): Connection | undefined {
  return 'connection' in state ? state.connection : undefined
}

export function useMessages(): Messages {
  return useConnectContext().messages
}
