/**
 * The client at Polar, loaded by its first use: it is a third of the whole, and an instance that
 * answers calls with a living token needs none of it.
 */
import type { createOAuthClient, OAuthClient, OAuthClientOptions } from './oauth-client.ts'

let loading: Promise<typeof createOAuthClient> | undefined

export function createLazyOAuthClient(options: OAuthClientOptions): OAuthClient {
  let client: OAuthClient | undefined
  async function load(): Promise<OAuthClient> {
    loading ??= import('./oauth-client.ts').then((module) => module.createOAuthClient)
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
