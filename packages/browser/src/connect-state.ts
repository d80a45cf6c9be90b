/** What is known of the session, as a union: a component that handles each of them handles all. */
import type { Asks, Connection, ServerIdentity, SessionAnswer } from '@polar-connect/protocol'
import type { ConnectError } from './errors.ts'

/** Which Polar it is, and what the app asks of it. */
interface Known {
  readonly server: ServerIdentity
  readonly asks?: Asks
}

export type ConnectState =
  | { readonly status: 'loading' }
  | (Known & {
      readonly status: 'disconnected'
      /** Another tab logged out while this one was connected. */
      readonly elsewhere: boolean
    })
  | (Known & {
      readonly status: 'connected'
      readonly connection: Connection
      /** Another tab connected another account in place of this tab's. */
      readonly replaced: boolean
    })
  /** Polar ended the connection. What is on the screen may stay until the person reconnects. */
  | (Known & { readonly status: 'ended'; readonly connection: Connection })
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
  const known = knownOf(answer)
  const held = 'connection' in before ? before.connection : undefined
  if (!answer.authenticated) {
    const told = before.status === 'disconnected' && before.elsewhere
    return {
      status: 'disconnected',
      ...known,
      elsewhere: told || (elsewhere && held !== undefined),
    }
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
  return { status: 'connected', connection, ...known, replaced }
}

export function knownOf({ server, asks }: SessionAnswer): Known {
  return { server, ...(asks && { asks }) }
}
