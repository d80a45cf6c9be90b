/**
 * Web APIs that a browser can block (`@polar-connect/browser/web-apis`). If it blocks site data, they
 * are missing, null, throw when read, or throw when used. Only this file uses them.
 */
import { attempt } from './attempt.ts'

/** A `Storage` that never throws. */
export interface SafeStorage {
  /** Undefined if nothing is stored, or if the browser refuses. */
  get(key: string): string | undefined
  /** Whether the value is stored now. */
  set(key: string, value: string): boolean
  remove(key: string): void
}

/**
 * The page's `localStorage` or `sessionStorage`. If the browser blocks it, nothing is stored and `set`
 * returns false.
 *
 * @example
 * const storage = openStorage('localStorage')
 * const theme = storage.get('theme') ?? 'system'
 */
export function openStorage(area: 'localStorage' | 'sessionStorage'): SafeStorage {
  // Looked up at each use, because people can allow site data while the page is open.
  return {
    get: (key) => attempt(() => globalThis[area].getItem(key)),
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

/** Undefined outside of a secure context (`http:` on any host but localhost). */
export function webCrypto(): SubtleCrypto | undefined {
  return attempt(() => crypto.subtle)
}

/** Only a hint: with false a request fails; with true it may still fail. */
export function isOnline(): boolean {
  return attempt(() => navigator.onLine) ?? true
}
