/** What the provider gives to the hooks and components below it. */
import { createContext, useContext } from 'react'
import type { Connect } from '@polar-connect/browser'
import { DEFAULT_MESSAGES, type Messages } from './messages.ts'

export type Navigate = (path: string, options: { readonly replace: boolean }) => void

export interface ConnectContextValue {
  readonly connect: Connect
  readonly navigate: Navigate
  readonly messages: Messages
}

export const ConnectContext = createContext<ConnectContextValue | undefined>(undefined)

/** @throws {TypeError} outside a `ConnectProvider`. */
export function useConnectContext(): ConnectContextValue {
  const value = useContext(ConnectContext)
  if (value === undefined) throw new TypeError('there is no ConnectProvider above')
  return value
}

/** The words, also where no provider is. */
export function useMessages(): Messages {
  return useContext(ConnectContext)?.messages ?? DEFAULT_MESSAGES
}
