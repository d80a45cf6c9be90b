/** A client, and a server whose answers a test scripts for each path. */
import type { Connection, SessionAnswer } from '@polar-connect/protocol'
import { createConnect, type Connect, type ConnectOptions } from '../connect.ts'
import type { TabMessage, Tabs } from '../runtime/tabs.ts'

export const POLAR = 'https://polar.example'
const server = { name: 'custom', origin: POLAR } as const

interface SessionOptions {
  readonly id?: string
  /** Seconds until the access token expires. */
  readonly left?: number
  /** Seconds since the tokens were issued. */
  readonly age?: number
  /** Milliseconds since the epoch, on the server's clock. */
  readonly now?: number
}

/** The server's answer for a connection with this `generation`. */
export function session(generation: number, options: SessionOptions = {}): SessionAnswer {
  const { id = 'one', left = 3600, age = 60, now = Date.now() } = options
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()
  const connection: Connection = {
    id,
    subject: { type: 'organization', id: 'org' },
    user: { id: 'user' },
    scopes: ['openid'],
    requested_scopes: ['openid'],
    connected_at: at(-age),
    refreshed_at: at(-age),
    access_token_expires_at: at(left),
    generation,
  }
  return { authenticated: true, connection, server, server_time: at(0) }
}

export const anonymous = (): SessionAnswer => ({
  authenticated: false,
  server,
  server_time: new Date().toISOString(),
})

/** A refusal by the server itself. */
export function problem(status: number, code: string, more: object = {}): Response {
  const type = `/problems/${code}`
  return new Response(JSON.stringify({ type, code, status, reference: 'abcd2345', ...more }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}

export type Handler = (init: RequestInit) => Response | Promise<Response>

export interface World {
  readonly connect: Connect
  readonly tabs: Tabs
  /** Method and path of each call. */
  readonly calls: readonly string[]
  /** Their parsed bodies. */
  readonly bodies: readonly unknown[]
  /** The addresses that the page opened. */
  readonly opened: readonly string[]
  /** The messages of this tab. */
  readonly sent: readonly TabMessage[]
  /** Delivers a message from another tab. */
  hear(message: TabMessage): void
}

/** Calls to a path without a handler fail. */
export function createWorld(
  handlers: Record<string, Handler>,
  options: Pick<ConnectOptions, 'basePath' | 'callbackPath' | 'early'> = {},
): World {
  const calls: string[] = []
  const bodies: unknown[] = []
  const opened: string[] = []
  const sent: TabMessage[] = []
  let hear: (message: TabMessage) => void = () => undefined
  const queue: Record<string, Promise<unknown>> = {}
  const tabs: Tabs = {
    exclusively(name, work) {
      const result = (queue[name] ?? Promise.resolve()).then(work, work)
      queue[name] = result
      return result
    },
    alongside: (work) => work(),
    send: (message) => void sent.push(message),
    listen: (listener) => void (hear = listener),
  }
  const connect = createConnect({
    ...options,
    tabs,
    navigate: (url) => void opened.push(url),
    async fetch(input, init = {}) {
      const path = input instanceof Request ? input.url : input.toString()
      calls.push(`${init.method ?? 'GET'} ${path}`)
      bodies.push(typeof init.body === 'string' ? JSON.parse(init.body) : undefined)
      if (new Headers(init.headers).get('X-CSRF') !== '1') throw new Error(`${path} without X-CSRF`)
      const handler = handlers[path]
      if (handler === undefined) throw new Error(`no handler for ${path}`)
      return handler(init)
    },
  })
  return { connect, tabs, calls, bodies, opened, sent, hear: (message) => hear(message) }
}

/** An answer that waits for `give`, and fails when the call is aborted. */
export function held(answer: () => Response): { readonly handler: Handler; give(): void } {
  let give = () => undefined as void
  const given = new Promise<void>((resolve) => (give = resolve))
  const handler: Handler = ({ signal }) =>
    new Promise((resolve, reject) => {
      void given.then(() => resolve(answer()))
      if (signal?.aborted) reject(signal.reason as Error)
      signal?.addEventListener('abort', () => reject(signal.reason as Error))
    })
  return { handler, give: () => give() }
}

/** The server's answer to `POST /bff/authorize`. */
export const authorize: Handler = () =>
  Response.json({
    authorization_url: `${POLAR}/oauth2/authorize?state=the-state`,
    state: 'the-state',
    expires_at: new Date().toISOString(),
  })
