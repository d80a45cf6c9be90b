/** The connection and what can be done about it. */
import type { ConnectRequest, ConnectState } from '@polar-connect/browser'
import type { Connection, LogoutAnswer } from '@polar-connect/protocol'
import { useMemo, useSyncExternalStore } from 'react'
import { useConnectContext } from './context.ts'

export interface UseConnection {
  readonly status: ConnectState['status']
  /** While connected, and after Polar ended it. */
  readonly connection: Connection | undefined
  /** Leaves for Polar's consent page. @throws {ConnectError} */
  readonly connect: (request?: ConnectRequest) => Promise<void>
  /** The same for the account that is connected: everything granted, and `scopes` on top. */
  readonly stepUp: (scopes: readonly string[], returnPath?: string) => Promise<void>
  readonly refresh: () => Promise<void>
  readonly logout: () => Promise<LogoutAnswer>
}

export function useConnection(): UseConnection {
  const { connect } = useConnectContext()
  const state = useSyncExternalStore(connect.subscribe, connect.getState, connect.getState)
  return useMemo(() => {
    const connection = 'connection' in state ? state.connection : undefined
    return {
      status: state.status,
      connection,
      connect: connect.connect,
      stepUp: (scopes: readonly string[], returnPath?: string) =>
        connect.connect({
          ...toSameAccount(connection),
          scopes: [...new Set([...(connection?.scopes ?? []), ...scopes])],
          ...(returnPath !== undefined && { returnPath }),
        }),
      refresh: connect.refresh,
      logout: connect.logout,
    }
  }, [connect, state])
}

/** What asks for the account that is connected and no other. */
function toSameAccount(connection: Connection | undefined): ConnectRequest {
  if (connection === undefined) return {}
  const { type, id } = connection.subject
  return type === 'organization'
    ? { subject: type, organization: id }
    : { subject: type, prompt: 'consent' }
}

/** Whether the connection holds `scope`; one that may change what it names may read it too. */
export function useScope(scope: string): boolean {
  const { connection } = useConnection()
  const wider = scope.endsWith(':read') ? scope.replace(/:read$/, ':write') : scope
  // Polar opens orders and metrics by their reading permission alone.
  const exact = scope === 'orders:read' || scope === 'metrics:read'
  const granted = connection?.scopes ?? []
  return granted.includes(scope) || (!exact && granted.includes(wider))
}
