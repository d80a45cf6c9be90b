/** What is known of the session, as a union: a component that handles each of them handles all. */
import type { Connection, ServerIdentity, SessionAnswer } from '@polar-connect/protocol'
import type { ConnectError } from './errors.ts'

export type ConnectState =
  | { readonly status: 'loading' }
  | {
      readonly status: 'disconnected'
      readonly server: ServerIdentity
      /** Another tab logged out while this one was connected. */
      readonly elsewhere: boolean
    }
  | {
      readonly status: 'connected'
      readonly connection: Connection
      readonly server: ServerIdentity
      /** Another tab connected another account in place of this tab's. */
      readonly replaced: boolean
    }
  /** Polar ended the connection. What is on the screen may stay until the person reconnects. */
  | {
      readonly status: 'ended'
      readonly connection: Connection
      readonly server: ServerIdentity
    }
  | { readonly status: 'unreachable'; readonly error: ConnectError }

/**
 * The state after an answer about the session.
 *
 * @param elsewhere whether another tab brought it about.
 */
export function decideState(
  before: ConnectState,
  answer: SessionAnswer,
  elsewhere: boolean,
): ConnectState {
  const { server } = answer
  const held = 'connection' in before ? before.connection : undefined
  if (!answer.authenticated) {
    const told = before.status === 'disconnected' && before.elsewhere
    return { status: 'disconnected', server, elsewhere: told || (elsewhere && held !== undefined) }
  }
  const { connection } = answer
  // A late answer never takes the place of a newer one.
  if (held?.id === connection.id && held.generation > connection.generation) return before
  if (before.status === 'ended' && held?.id === connection.id) {
    if (held.generation === connection.generation) return before
  }
  const same = held?.id === connection.id
  const told = same && before.status === 'connected' && before.replaced
  const replaced = told || (elsewhere && held !== undefined && !same)
  return { status: 'connected', connection, server, replaced }
}
