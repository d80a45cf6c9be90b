/** What the provider passes to the hooks and components below it. */
import type { Connect, ConnectState } from '@polar-connect/browser'
import type { Connection } from '@polar-connect/protocol'
import { createContext, useContext, useSyncExternalStore } from 'react'
import { DEFAULT_MESSAGES, type Messages } from './messages.ts'

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

/** What a server renders, and what the page shows until it has hydrated. */
const LOADING: ConnectState = { status: 'loading' }

export function useConnectState(): ConnectState {
  const { connect } = useConnectContext()
  return useSyncExternalStore(connect.subscribe, connect.getState, () => LOADING)
}

/** Undefined unless connected, or after Polar ended the connection. */
export function connectionOf(state: ConnectState): Connection | undefined {
  return 'connection' in state ? state.connection : undefined
}

/** The texts, even without a provider. */
export function useMessages(): Messages {
  return useContext(ConnectContext)?.messages ?? DEFAULT_MESSAGES
}
