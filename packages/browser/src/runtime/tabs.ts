/**
 * What the tabs of one browser share: locks, so that one tab refreshes for all, and messages, so that
 * the others hear about it. Both are best effort. Without them each tab works alone: the server
 * refreshes once as well, so a missing lock only costs extra requests.
 */
import type { SessionAnswer } from '@polar-connect/protocol'
import { CALLS_LOCK_MS, LOCK_MS } from './limits.ts'
import { either } from './signals.ts'
import { openChannel, webLocks, type Channel } from './web-apis.ts'

/** What one tab tells the others. */
export type TabMessage =
  /** The session as it is now: after a sign-in, a refresh or a logout. */
  | { readonly type: 'session'; readonly session: SessionAnswer }
  /** A sign-in or a logout is about to replace the session: give up the calls in flight. */
  | { readonly type: 'abort' }
  /** Polar or the server asked for a pause. */
  | { readonly type: 'pause'; readonly pause: Pause }

/** A time without calls to Polar, after a 429. */
export interface Pause {
  /** Who asked for it: the server for itself, or Polar. */
  readonly code: 'rate_limited' | 'polar_rate_limited'
  /** Milliseconds since the epoch, by the server's clock. */
  readonly until: number
  /** Calls come back at random within this time after the end. */
  readonly spreadMs: number
}

/** Locks and messages between the tabs of one browser. */
export interface Tabs {
  /**
   * Runs `work` while no other tab runs work of the same name. After a wait of ten seconds (two for
   * `calls`) it runs anyway, so that a stuck tab blocks no other.
   *
   * @throws the reason of `signal`, if that aborts before `work` begins.
   */
  exclusively<Result>(
    name: 'session' | 'begin' | 'calls',
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>
  /** Runs `work` beside other work of this kind, and never beside exclusive work named `calls`. */
  alongside<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>
  /** Tells the other tabs, and not this one. */
  send(message: TabMessage): void
  listen(listener: (message: TabMessage) => void): void
}

const NAME = 'polar-connect'

/**
 * Web Locks and a `BroadcastChannel`. If the browser refuses locks, work does not wait. Without a
 * channel, other tabs learn of a change when a person looks at them.
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
    const options = { mode, signal: either(AbortSignal.timeout(limitMs), signal) }
    let begun: Promise<Result> | undefined
    const begin = () => (begun ??= work())
    try {
      await webLocks()?.request(`${NAME}:${name}`, options, begin)
    } catch {
      // The work failed, as its promise tells. Or the lock came too late, or Firefox refuses it where
      // it blocks site data.
    }
    if (begun === undefined) signal?.throwIfAborted()
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
