/**
 * Whether there is a network, by the calls that the app makes. A browser that thinks it is online may
 * be wrong. So a failed call starts the state, and the next answer ends it.
 */
import { isOnline } from '@polar-connect/browser/web-apis'

export interface Network {
  /** For every call of the app. */
  readonly fetch: typeof globalThis.fetch
  /** Whether the last call found no network. */
  isOffline(): boolean
  /** When a server last answered: milliseconds since the epoch by this computer's clock. */
  answeredAt(): number
  subscribe(listener: () => void): () => void
}

interface NetworkWorld {
  readonly fetch: typeof globalThis.fetch
  /** The browser's guess: it tells a lost network from a server that is down. */
  readonly online: () => boolean
  readonly now: () => number
}

export function createNetwork(world: NetworkWorld): Network {
  const listeners = new Set<() => void>()
  let offline = false
  let answeredAt = world.now()

  function set(next: boolean): void {
    if (next === offline) return
    offline = next
    for (const listener of listeners) listener()
  }

  return {
    async fetch(input, init) {
      try {
        const response = await world.fetch(input, init)
        answeredAt = world.now()
        set(false)
        return response
      } catch (error) {
        // A call that we cancelled says nothing about the network.
        if (!init?.signal?.aborted && !world.online()) set(true)
        throw error
      }
    },
    isOffline: () => offline,
    answeredAt: () => answeredAt,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The network of this browser. */
export function browserNetwork(
  fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
): Network {
  return createNetwork({ fetch, online: isOnline, now: Date.now })
}
