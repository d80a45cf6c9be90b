/** The page's state of the session, as a union. */
import type { Asks, Connection, ServerIdentity, SessionAnswer } from '@polar-connect/protocol'
import type { ConnectError } from '../errors.ts'

/** Which Polar the app uses, and its default scopes. */
interface Known {
  readonly server: ServerIdentity
  readonly asks?: Asks | undefined
}

/**
 * The page's state of the session.
 *
 * - `loading`: the server has not answered yet.
 * - `disconnected`: there is no connection.
 * - `connected`: there is one.
 * - `ended`: Polar ended it. What is on screen may stay until the person reconnects.
 * - `unreachable`: the server did not answer, or cannot say. `error` says why.
 *
 * @example
 * const state = connect.getState()
 * if (state.status === 'connected') show(state.connection.subject.name)
 */
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
      /** Another tab replaced this tab's account with another one. */
      readonly replaced: boolean
    })
  | (Known & { readonly status: 'ended'; readonly connection: Connection })
  | { readonly status: 'unreachable'; readonly error: ConnectError }

/**
 * The state after an answer about the session.
 *
 * @param elsewhere whether another tab caused the change.
 */
export function decideState(
  before: ConnectState,
  answer: SessionAnswer,
  elsewhere: boolean,
): ConnectState {
  const known = knownOf(answer)
  const held = connectionOf(before)
  if (!answer.authenticated) {
    const told = before.status === 'disconnected' && before.elsewhere
    return {
      status: 'disconnected',
      ...known,
      elsewhere: told || (elsewhere && held !== undefined),
    }
  }
  const { connection } = answer
  const same = held?.id === connection.id
  if (same) {
    const newer = connection.generation - held.generation
    // A late answer never replaces a newer one, and an ended connection stays ended.
    if (newer < 0 || (newer === 0 && before.status === 'ended')) return before
  }
  const told = same && before.status === 'connected' && before.replaced
  const replaced = told || (!same && elsewhere && held !== undefined)
  return { status: 'connected', connection, ...known, replaced }
}

export const knownOf = ({ server, asks }: SessionAnswer): Known => ({ server, asks })

/** The connection of the page, even if Polar ended it. */
export function connectionOf(state: ConnectState): Connection | undefined {
  return 'connection' in state ? state.connection : undefined
}
