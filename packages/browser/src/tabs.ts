/**
 * What the tabs of one browser share: locks, so that one of them refreshes, and messages, so that
 * the others hear of it. Where a browser lacks either, a tab gets on by itself: the server lets one
 * refresh at a time as well, so what is lost is thrift.
 */
import type { SessionAnswer } from '@polar-connect/protocol'
import { either } from './bff.ts'
import type { Pause } from './pause.ts'

export type TabMessage =
  /** The session as it is now, after a sign-in, a refresh or a logout. */
  | { readonly type: 'session'; readonly session: SessionAnswer }
  /** Give up what is in flight: a sign-in or a logout is about to replace the session. */
  | { readonly type: 'abort' }
  /** Polar, or the server, wants no calls for a while. */
  | { readonly type: 'pause'; readonly pause: Pause }
  /** Something of the above, where a message can carry no more: look for yourself. */
  | { readonly type: 'changed' }

export interface Tabs {
  /**
   * Runs `work` while no other tab runs one under the same name. What waits too long goes on
   * without, and `signal` ends the waiting.
   */
  exclusively<Result>(
    name: 'session' | 'begin' | 'calls',
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>
  /** Runs `work` beside others that run alongside, and never beside one that has `calls`. */
  alongside?<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>
  send(message: TabMessage): void
  /** Hears the other tabs, never this one. */
  listen(listener: (message: TabMessage) => void): void
}

const NAME = 'polar-connect'
const PING = `${NAME}:ping`
const LIMIT_MS = 10_000
/** Calls are given up when somebody wants this lock: a tab that still holds it does not hear. */
const CALLS_LIMIT_MS = 2000

export function createTabs(): Tabs {
  const queues = new Map<string, Promise<unknown>>()
  let channel: BroadcastChannel | undefined

  async function hold<Result>(
    name: string,
    mode: LockMode,
    limitMs: number,
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    // Missing in old browsers, and refused where a page may store nothing.
    const locks = globalThis.navigator?.locks as LockManager | undefined
    const options = { mode, signal: either(AbortSignal.timeout(limitMs), signal) }
    let held = false
    try {
      if (locks !== undefined) {
        return await locks.request(`${NAME}:${name}`, options, () => {
          held = true
          return work()
        })
      }
    } catch (cause) {
      if (held) throw cause
    }
    signal?.throwIfAborted()
    if (mode === 'shared') return work()
    const result = (queues.get(name) ?? Promise.resolve()).then(work, work)
    queues.set(name, result)
    return result
  }

  function open(): BroadcastChannel | undefined {
    try {
      channel ??= new BroadcastChannel(NAME)
    } catch {
      // Missing or refused, as above.
    }
    return channel
  }

  return {
    exclusively(name, work, signal) {
      return hold(name, 'exclusive', name === 'calls' ? CALLS_LIMIT_MS : LIMIT_MS, work, signal)
    },
    // S54: no call runs beside a sign-in or logout
    alongside: (work, signal) => hold('calls', 'shared', LIMIT_MS, work, signal),
    send(message) {
      // S54: other tabs hear of it
      open()?.postMessage(message)
      if (channel) return
      try {
        // Of a value that stays the same the others would not hear.
        localStorage.setItem(PING, `${message.type} ${performance.now()}`)
      } catch {
        // Then the others look when they are looked at.
      }
    },
    listen(listener) {
      open()?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data))
      if (channel) return
      addEventListener('storage', ({ key, newValue }) => {
        if (key === PING) listener({ type: newValue?.startsWith('abort') ? 'abort' : 'changed' })
      })
    },
  }
}
