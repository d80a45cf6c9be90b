/**
 * What the tabs of one browser share: a lock, so that one of them refreshes, and messages, so that
 * the others hear of it. Where a browser lacks either, a tab gets on by itself.
 */
import type { SessionAnswer } from '@polar-connect/protocol'

export type TabMessage =
  /** The session as it is now, after a sign-in, a refresh or a logout. */
  | { readonly type: 'session'; readonly session: SessionAnswer }
  /** Give up what is in flight: a sign-in or a logout is about to replace the session. */
  | { readonly type: 'abort' }

export interface Tabs {
  /** Runs `work` while no other tab runs one under the same name. */
  exclusively<Result>(name: 'session' | 'begin', work: () => Promise<Result>): Promise<Result>
  send(message: TabMessage): void
  /** Hears the other tabs, never this one. */
  listen(listener: (message: TabMessage) => void): void
}

const NAME = 'polar-connect'

export function createTabs(): Tabs {
  const queues = new Map<string, Promise<unknown>>()
  let channel: BroadcastChannel | undefined
  const open = () =>
    typeof BroadcastChannel === 'undefined' ? undefined : (channel ??= new BroadcastChannel(NAME))
  return {
    exclusively(name, work) {
      if (globalThis.navigator?.locks) return navigator.locks.request(`${NAME}:${name}`, work)
      const result = (queues.get(name) ?? Promise.resolve()).then(work, work)
      queues.set(name, result)
      return result
    },
    send: (message) => open()?.postMessage(message),
    listen(listener) {
      open()?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data))
    },
  }
}
