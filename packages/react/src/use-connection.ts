/** The connection and its functions. */
import type { Connect, ConnectRequest, ConnectState } from '@polar-connect/browser'
import { hasScope, type Connection, type LogoutAnswer } from '@polar-connect/protocol'
import { useMemo } from 'react'
import { connectionOf, useConnect, useConnectState } from './context.ts'

/** What {@link useConnection} returns. Its functions work without `this`. */
export interface UseConnection {
  readonly status: ConnectState['status']
  /** Defined while connected, and after Polar ended the connection. */
  readonly connection: Connection | undefined
  /** Leaves for Polar's consent page. @throws {ConnectError} */
  readonly connect: (request?: ConnectRequest) => Promise<void>
  /** The same for the connected account: asks for its granted scopes plus `scopes`. */
  readonly stepUp: (scopes: readonly string[], returnPath?: string) => Promise<void>
  /** `fetch` with the session, for your own routes and Polar's API. @throws {ConnectError} */
  readonly fetch: Connect['fetch']
  /** Refreshes the tokens now. @throws {ConnectError} */
  readonly refresh: () => Promise<void>
  /** Ends the session in every tab. @throws {ConnectError} if the server does not answer. */
  readonly logout: () => Promise<LogoutAnswer>
}

/**
 * The connection of the provider above.
 *
 * @throws {TypeError} outside a `ConnectProvider`.
 * @example
 * const { status, connection, logout } = useConnection()
 */
export function useConnection(): UseConnection {
  const connect = useConnect()
  const state = useConnectState()
  return useMemo(() => {
    const connection = connectionOf(state)
    return {
      status: state.status,
      connection,
      connect: connect.connect,
      stepUp: (scopes: readonly string[], returnPath?: string) =>
        connect.connect({
          ...toSameAccount(connection),
          scopes: [...new Set([...(connection?.scopes ?? []), ...scopes])],
          returnPath,
        }),
      fetch: connect.fetch,
      refresh: connect.refresh,
      logout: connect.logout,
    }
  }, [connect, state])
}

/** A request for exactly the connected account. */
function toSameAccount(connection: Connection | undefined): ConnectRequest {
  if (connection === undefined) return {}
  const { type, id } = connection.subject
  return type === 'organization'
    ? { subject: type, organization: id }
    : { subject: type, prompt: 'consent' }
}

/**
 * Whether the connection has `scope`. A write scope includes reading, except of orders and metrics:
 * Polar accepts only their read scope.
 *
 * @example
 * const canRead = useScope('products:read')
 */
export function useScope(scope: string): boolean {
  const { connection } = useConnection()
  return hasScope(connection?.scopes ?? [], scope)
}
