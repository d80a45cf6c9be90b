/**
 * The client at Polar, loaded by its first use: it is a third of the whole, and an instance that
 * answers calls with a living token needs none of it.
 */
import type { createPolarClient, PolarClient, PolarClientOptions } from './oauth-client.ts'

let loading: Promise<typeof createPolarClient> | undefined

export function createLazyPolarClient(options: PolarClientOptions): PolarClient {
  let client: PolarClient | undefined
  async function load(): Promise<PolarClient> {
    loading ??= import('./oauth-client.ts').then((module) => module.createPolarClient)
    const create = await loading
    client ??= create(options)
    return client
  }
  return {
    exchange: async (grant) => (await load()).exchange(grant),
    refresh: async (refreshToken) => (await load()).refresh(refreshToken),
    revoke: async (tokens) => (await load()).revoke(tokens),
    introspect: async (accessToken) => (await load()).introspect(accessToken),
  }
}
