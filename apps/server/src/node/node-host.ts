/** A Node process as a host: undici to Polar, Redis if configured, and addresses from the socket. */
import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Upstream } from '@polar-connect/bff'
import { clientAddress, createEnvReader } from '@polar-connect/bff/env'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'
import type { Context } from 'hono'
import type { Host } from '../assemble.ts'
import { openRedis } from '../redis.ts'
import { checkProxies, createDispatcher } from './outgoing.ts'

/** What `dev` and `start` set differently. */
export type NodeEntry = Pick<Host, 'builtAt' | 'createLogger' | 'diagnostics' | 'options' | 'page'>

/** @param env names the proxy, if there is one. */
export function createNodeHost(
  env: object,
  entry: NodeEntry,
): Host & { readonly upstream: Upstream; close(): void } {
  const upstream = createUndiciUpstream(createDispatcher(createEnvReader(env)))
  let redis: Awaited<ReturnType<typeof openRedis>>
  return {
    ...entry,
    check: checkProxies,
    coordinator: async (config, logger) => (redis = await openRedis(config, logger)),
    clientAddress: (c, { trustedProxies }) =>
      clientAddress(
        incomingOf(c)?.socket.remoteAddress,
        c.req.header('X-Forwarded-For'),
        trustedProxies,
      ),
    upstream,
    options: { upstream, ...entry.options },
    close: () => redis?.close(),
  }
}

/** The request as Node received it. */
function incomingOf(c: Context): IncomingMessage | undefined {
  return (c.env as Partial<HttpBindings>).incoming
}
