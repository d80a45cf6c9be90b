/**
 * The tabs of one browser share locks, so that one tab refreshes for all, and messages about changes.
 * Both are best effort. Without them each tab works alone: the server also refreshes only once, so it
 * only costs extra requests.
 */
import type { SessionAnswer } from '@polar-connect/protocol'
import { CALLS_LOCK_MS, LOCK_MS } from './limits.ts'
import { inTime } from './signals.ts'
import { openChannel, webLocks, type Channel } from './web-apis.ts'

/** A message to the other tabs. */
export type TabMessage =
  /** The session after a sign-in, a refresh or a logout. */
  | { readonly type: 'session'; readonly session: SessionAnswer }
  /** A sign-in or a logout will replace the session: abort the running calls. */
  | { readonly type: 'abort' }
  /** Polar or the server asked for a pause. */
  | { readonly type: 'pause'; readonly pause: Pause }

/** A time without calls to Polar, after a 429. */
export interface Pause {
  /** Who asked for it: the server for itself, or Polar. */
  readonly code: 'rate_limited' | 'polar_rate_limited'
  /** Milliseconds since the epoch, by the server's clock. */
  readonly until: number
  /** Calls retry at a random time within this time after the end. */
  readonly spreadMs: number
}

/** Locks and messages between the tabs of one browser. */
export interface Tabs {
  /**
   * Runs `work` while no other tab runs work with the same name. After ten seconds (two for `calls`) it
   * runs anyway, so that a stuck tab does not block the others.
   *
   * @throws the reason of `signal`, if it aborts before `work` begins.
   */
  exclusively<Result>(
    name: 'session' | 'begin' | 'calls',
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>
  /** Runs `work` in parallel with other work of this kind, but not with exclusive work named `calls`. */
  alongside<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>
  /** Sends to the other tabs. */
  send(message: TabMessage): void
  listen(listener: (message: TabMessage) => void): void
}

const NAME = 'polar-connect'

/**
 * Uses Web Locks and a `BroadcastChannel`. If the browser refuses locks, work does not wait. Without a
 * channel, other tabs notice a change when a person opens them.
 */
export function createTabs(): Tabs {
  let channel: Channel | undefined

  async function hold<Result>(
    name: string,
    mode: LockMode,
    limitMs: number,
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const options = { mode, signal: inTime(signal, limitMs) }
    let begun: Promise<Result> | undefined
    const begin = () => (begun ??= work())
    try {
      await webLocks()?.request(`${NAME}:${name}`, options, begin)
    } catch {
      // Either the work failed: then its promise rejects below. Or the lock timed out, or Firefox
      // refuses it because it blocks site data.
    }
    if (!begun) signal?.throwIfAborted()
    return begin()
  }

  return {
    exclusively(name, work, signal) {
      return hold(name, 'exclusive', name === 'calls' ? CALLS_LOCK_MS : LOCK_MS, work, signal)
    },
    // S54: no call runs beside a sign-in or logout
    alongside: (work, signal) => hold('calls', 'shared', LOCK_MS, work, signal),
    send(message) {
      channel ??= openChannel(NAME)
      // S54: other tabs hear of it
      channel?.send(message)
    },
    listen(listener) {
      channel ??= openChannel(NAME)
      channel?.listen((message) => listener(message as TabMessage))
    },
  }
}
