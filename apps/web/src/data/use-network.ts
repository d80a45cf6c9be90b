/** The network as React sees it. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import { browserNetwork, type Network } from './network.ts'

export const NetworkContext = createContext<Network>(browserNetwork())

export function useNetwork(): Network {
  return useContext(NetworkContext)
}

export function useOffline(): boolean {
  const { subscribe, isOffline } = useNetwork()
  return useSyncExternalStore(subscribe, isOffline, isOffline)
}
