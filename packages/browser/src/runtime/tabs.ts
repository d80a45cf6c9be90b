/**
 * What the tabs of one browser share: locks, so that one tab refreshes for all, and messages, so that
 * the others hear about it. Both are best effort. Without them each tab works alone: the server
 * refreshes once as well, so a missing lock only costs extra requests.
 */
import type { SessionAnswer } from '@polar-connect/protocol'
import { either } from './signals.ts'
import { openChannel, openStorage, webLocks, type Channel } from './web-apis.ts'

/** What one tab tells the others. */
export type TabMessage =
  /** The session as it is now: after a sign-in, a refresh or a logout. */
  | { readonly type: 'session'; readonly session: SessionAnswer }
  /** A sign-in or a logout is about to replace the session: give up the calls in flight. */
  | { readonly type: 'abort' }
  /** Polar or the server asked for a pause. */
  | { readonly type: 'pause'; readonly pause: Pause }
  /** One of the above happened, and the message could not carry more: read the session. */
  | { readonly type: 'changed' }

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
const PING = `${NAME}:ping`
const LIMIT_MS = 10_000
/** A tab gives up its calls when another one wants this lock. One that still holds it is stuck. */
const CALLS_LIMIT_MS = 2000

/**
 * Web Locks and a BroadcastChannel. Where a browser refuses them, a queue in this tab and the storage
 * event stand in.
 */
export function createTabs(): Tabs {
  const queues = new Map<string, Promise<unknown>>()
  const storage = openStorage('localStorage')
  let channel: Channel | undefined

  async function hold<Result>(
    name: string,
    mode: LockMode,
    limitMs: number,
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const options = { mode, signal: either(AbortSignal.timeout(limitMs), signal) }
    const locks = webLocks()
    let held = false
    try {
      if (locks !== undefined) {
        return await locks.request(`${NAME}:${name}`, options, () => {
          held = true
          return work()
        })
      }
    } catch (cause) {
      // A failure of the work itself. Otherwise: too late, or Firefox with site data blocked.
      if (held) throw cause
    }
    signal?.throwIfAborted()
    if (mode === 'shared') return work()
    const result = (queues.get(name) ?? Promise.resolve()).then(work, work)
    queues.set(name, result)
    return result
  }

  return {
    exclusively(name, work, signal) {
      return hold(name, 'exclusive', name === 'calls' ? CALLS_LIMIT_MS : LIMIT_MS, work, signal)
    },
    // S54: no call runs beside a sign-in or logout
    alongside: (work, signal) => hold('calls', 'shared', LIMIT_MS, work, signal),
    send(message) {
      channel ??= openChannel(NAME)
      // S54: other tabs hear of it
      if (channel) channel.send(message)
      // A value that stays the same would cause no event.
      else storage.set(PING, `${message.type} ${performance.now()}`)
    },
    listen(listener) {
      channel ??= openChannel(NAME)
      if (channel) return channel.listen((message) => listener(message as TabMessage))
      addEventListener('storage', ({ key, newValue }) => {
        if (key === PING) listener({ type: newValue?.startsWith('abort') ? 'abort' : 'changed' })
      })
    },
  }
}
