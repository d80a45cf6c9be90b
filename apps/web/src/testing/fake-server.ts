/** A BFF with a few answers for component tests. It records the calls of the app. */
import type { Connection, SessionAnswer } from '@polar-connect/protocol'

export const ACME: Connection = {
  id: 'connection-1',
  subject: { type: 'organization', id: 'org-1', name: 'Acme Books', slug: 'acme-books' },
  user: { id: 'user-1', email: 'ada@example.com', name: 'Ada Lovelace' },
  scopes: ['openid', 'profile', 'organizations:read', 'products:read'],
  requested_scopes: ['openid', 'profile', 'email', 'organizations:read', 'products:read'],
  connected_at: '2026-11-23T14:00:00Z',
  refreshed_at: '2026-11-23T14:00:00Z',
  access_token_expires_at: '2026-11-23T14:45:30Z',
  generation: 1,
}

const SERVER_TIME = '2026-11-23T14:02:00Z'

export type Answer = (url: URL) => Response | Promise<Response>

export interface FakeServer {
  readonly fetch: typeof globalThis.fetch
  /** `METHOD /path?query` of every call, in order. */
  readonly calls: string[]
  /** The bodies of the calls that had one, in order. */
  readonly bodies: unknown[]
  /** Answers the calls whose path is `path` from now on. */
  on(path: string, answer: Answer): void
}

export function createFakeServer(connection?: Connection): FakeServer {
  const calls: string[] = []
  const bodies: unknown[] = []
  const answers = new Map<string, Answer>()
  const server: FakeServer = {
    calls,
    bodies,
    on: (path, answer) => void answers.set(path, answer),
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input, location.origin)
      calls.push(`${init?.method ?? 'GET'} ${url.pathname}${url.search}`)
      if (typeof init?.body === 'string') bodies.push(JSON.parse(init.body))
      const answer = answers.get(url.pathname)
      if (answer === undefined) throw new TypeError(`no answer for ${url.pathname}`)
      init?.signal?.throwIfAborted()
      return answer(url)
    },
  }
  server.on('/bff/session', () => Response.json(sessionOf(connection)))
  return server
}

export function sessionOf(connection?: Connection): SessionAnswer {
  const server = { name: 'emulator', origin: 'http://127.0.0.1:4567' } as const
  return connection === undefined
    ? { authenticated: false, server, server_time: SERVER_TIME }
    : { authenticated: true, connection, server, server_time: SERVER_TIME }
}

export function problem(status: number, code: string, members: object = {}): Response {
  return Response.json(
    { type: `/problems/${code}`, title: code, status, code, reference: '0abc1def', ...members },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}

/** A list, as Polar sends it. */
export function page(items: readonly object[], totalCount = items.length): Response {
  const pagination = { total_count: totalCount, max_page: Math.ceil(totalCount / 20) }
  return Response.json({ items, pagination })
}

export function product(name: string, members: object = {}): object {
  return {
    id: name,
    name,
    created_at: '2026-11-01T10:00:00Z',
    recurring_interval: null,
    recurring_interval_count: null,
    is_archived: false,
    prices: [fixed(2000)],
    ...members,
  }
}

export function fixed(amount: number, currency = 'usd'): object {
  return {
    amount_type: 'fixed',
    price_amount: amount,
    price_currency: currency,
    is_archived: false,
  }
}

/** With every permission that the lists need. */
export const SHOP: Connection = {
  ...ACME,
  scopes: [
    ...ACME.scopes,
    'orders:read',
    'customers:read',
    'subscriptions:read',
    'metrics:read',
    'checkout_links:read',
  ],
}

export function customer(id: string, members: object = {}): object {
  return {
    id,
    type: 'individual',
    name: null,
    email: null,
    external_id: null,
    billing_address: null,
    created_at: '2026-11-01T10:00:00Z',
    ...members,
  }
}

export function order(id: string, members: object = {}): object {
  return {
    id,
    created_at: '2026-11-01T10:00:00Z',
    status: 'paid',
    currency: 'usd',
    subtotal_amount: 2000,
    discount_amount: 0,
    tax_amount: 0,
    total_amount: 2000,
    net_amount: 2000,
    applied_balance_amount: 0,
    platform_fee_amount: 120,
    platform_fee_currency: 'usd',
    paid: true,
    is_invoice_generated: false,
    refunded_amount: 0,
    refunded_tax_amount: 0,
    billing_reason: 'purchase',
    billing_name: null,
    invoice_number: id,
    customer: customer('c1', { name: 'Ada Example' }),
    product: { id: 'p1', name: 'Workshop' },
    discount: null,
    description: 'Workshop',
    items: [{ id: 'i1', label: 'Workshop', amount: 2000 }],
    ...members,
  }
}

export function subscription(id: string, members: object = {}): object {
  return {
    id,
    amount: 2000,
    currency: 'usd',
    recurring_interval: 'month',
    recurring_interval_count: 1,
    status: 'active',
    cancel_at_period_end: false,
    current_period_end: '2026-12-01T10:00:00Z',
    ends_at: null,
    ended_at: null,
    customer: customer(`of-${id}`, { name: `Customer of ${id}` }),
    product: { id: 'p1', name: 'Reader plan' },
    ...members,
  }
}
