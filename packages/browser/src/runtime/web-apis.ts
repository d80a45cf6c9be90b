/**
 * The Web APIs that a page may have to do without (`@polar-connect/browser/web-apis`). A browser that blocks site data leaves them out,
 * gives null, throws when they are read, or throws when they are used. Only this file touches them.
 */
import { attempt } from './attempt.ts'

/** A `Storage` that never throws. */
export interface SafeStorage {
  /** The value, or undefined: nothing is stored, or the browser refuses. */
  get(key: string): string | undefined
  /** Whether the value is stored now. */
  set(key: string, value: string): boolean
  remove(key: string): void
}

/**
 * The page's `localStorage` or `sessionStorage`, also if the browser blocks it: then nothing is
 * stored, and `set` returns false.
 *
 * @example
 * const storage = openStorage('localStorage')
 * const theme = storage.get('theme') ?? 'system'
 */
export function openStorage(area: 'localStorage' | 'sessionStorage'): SafeStorage {
  // Looked up at each use: people allow site data while the page is open.
  return {
    get: (key) => attempt(() => globalThis[area].getItem(key)) ?? undefined,
    set: (key, value) => attempt(() => globalThis[area].setItem(key, value) === undefined) ?? false,
    remove: (key) => attempt(() => globalThis[area].removeItem(key)),
  }
}

/** Messages between the tabs of one origin. */
export interface Channel {
  send(message: unknown): void
  listen(listener: (message: unknown) => void): void
  close(): void
}

/** Undefined if the browser has no `BroadcastChannel` for this page. */
export function openChannel(name: string): Channel | undefined {
  const channel = attempt(() => new BroadcastChannel(name))
  return (
    channel && {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have one
      send: (message) => attempt(() => channel.postMessage(message)),
      listen: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
      close: () => channel.close(),
    }
  )
}

/** Undefined if the browser has no Web Locks for this page. A request may still be refused. */
export function webLocks(): LockManager | undefined {
  return attempt(() => navigator.locks)
}

/** Undefined on a page that is not in a secure context (`http:` on any host but localhost). */
export function webCrypto(): SubtleCrypto | undefined {
  return attempt(() => crypto.subtle)
}

/** A hint: false means that a request would fail; true promises nothing. */
export function isOnline(): boolean {
  return attempt(() => navigator.onLine) ?? true
}
