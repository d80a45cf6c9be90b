/** The client itself, for calls that the SDK does not have. */
import type { Connect } from '@polar-connect/browser'
import { createContext, useContext } from 'react'

export const ConnectClientContext = createContext<Connect | undefined>(undefined)

/** @throws {TypeError} outside the app. */
export function useConnectClient(): Connect {
  const connect = useContext(ConnectClientContext)
  if (connect === undefined) throw new TypeError('there is no ConnectClientContext above')
  return connect
}
