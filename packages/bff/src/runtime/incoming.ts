/** A request as the app's framework hands it over, and what we read of it. */
import type { Context } from 'hono'

/**
 * A web `Request`, or the request of Node, Express, Fastify or Next. In a place where Next has no
 * request: `{ headers: await headers() }`.
 */
export interface PlainRequest {
  readonly headers: Headers | Readonly<Record<string, string | string[] | undefined>>
  readonly method?: string | undefined
  /** Whole, or path and query alone. */
  readonly url?: string | undefined
}

/** A Hono context, or the request of another framework. */
export type Incoming = Context | PlainRequest

/** @param name in lower case, as Node writes it. */
export function headerOf(incoming: Incoming, name: string): string | undefined {
  if (isContext(incoming)) return incoming.req.header(name)
  const { headers } = incoming
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  return headers[name]?.toString()
}

/** As a web `Request`. One that is made here has no body. */
export function requestOf(incoming: Incoming, appOrigin: string): Request {
  if (isContext(incoming)) return incoming.req.raw
  if (incoming instanceof Request) return incoming
  const headers = new Headers()
  const given = incoming.headers
  for (const [name, value] of given instanceof Headers ? given : Object.entries(given)) {
    // HTTP/2 of Node has pseudo headers, as `:path`.
    if (value !== undefined && !name.startsWith(':')) headers.append(name, value.toString())
  }
  return new Request(new URL(incoming.url ?? '/', appOrigin), { headers })
}

export function isContext(incoming: Incoming): incoming is Context {
  return !('headers' in incoming)
}
