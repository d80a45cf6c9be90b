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

export function headerOf(incoming: Incoming, name: string): string | undefined {
  if (isContext(incoming)) return incoming.req.header(name)
  const { headers } = incoming
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  return headers[name.toLowerCase()]?.toString()
}

export function methodOf(incoming: Incoming): string {
  return (isContext(incoming) ? incoming.req.method : incoming.method) ?? ''
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

/** The adapters of other frameworks keep their request here, in the bindings of a call. */
export interface Bindings {
  readonly frameworkRequest?: Incoming
}

/** What the app knows the request as: an adapter puts its own in front of the context that it made. */
export function originalOf(incoming: Incoming): Incoming {
  if (!isContext(incoming)) return incoming
  return (incoming.env as Bindings | undefined)?.frameworkRequest ?? incoming
}

export function isContext(incoming: Incoming): incoming is Context {
  return !('headers' in incoming)
}
