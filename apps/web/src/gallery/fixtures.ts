/** What the gallery shows: made up, few, and with what is awkward in it. */
import type { ConnectState } from '@polar-connect/browser'
import type { Connection } from '@polar-connect/protocol'

const server = { name: 'sandbox', origin: 'https://sandbox.polar.sh' } as const
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

export const ACME: Connection = {
  id: 'connection-1',
  subject: { type: 'organization', id: 'org-1', name: 'Acme Books', slug: 'acme-books' },
  user: { id: 'user-1', email: 'ada@example.com', name: 'Ada Lovelace' },
  scopes: [
    'openid',
    'profile',
    'email',
    'organizations:read',
    'products:read',
    'orders:read',
    'customers:read',
    'subscriptions:read',
    'metrics:read',
    'checkout_links:read',
    'checkout_links:write',
    'moons:read',
  ],
  requested_scopes: ['openid', 'profile', 'email', 'organizations:read', 'discounts:read'],
  connected_at: minutesAgo(3 * 24 * 60),
  refreshed_at: minutesAgo(2),
  access_token_expires_at: minutesAgo(-43),
  generation: 3,
}

export const PERSON: Connection = {
  ...ACME,
  subject: { type: 'user', id: 'user-1' },
  user: { id: 'user-1' },
  scopes: ['openid'],
  requested_scopes: ['openid'],
}

export const CONNECTED = {
  status: 'connected',
  connection: ACME,
  server,
  replaced: false,
} as const satisfies ConnectState

export const DISCONNECTED = {
  status: 'disconnected',
  server,
  elsewhere: false,
} as const satisfies ConnectState

export const ENDED = { status: 'ended', connection: ACME, server } as const satisfies ConnectState

export function asPerson(): ConnectState {
  return { status: 'connected', connection: PERSON, server, replaced: false }
}

export function list(items: readonly object[], total = items.length): Response {
  const pagination = { total_count: total, max_page: Math.ceil(total / 20) }
  return Response.json({ items, pagination })
}

export function refusal(status: number, headers: Record<string, string> = {}): Response {
  return new Response('{}', { status, headers })
}

const created_at = '2026-11-23T14:02:00Z'
export const ORGANIZATION = {
  id: 'org-1',
  name: 'Acme Books',
  slug: 'acme-books',
  website: 'https://acme.example',
  email: null,
  created_at,
}

const RTL = 'مكتبة الحكمة'

const price = (amount: number, currency: string) => ({
  amount_type: 'fixed',
  price_amount: amount,
  price_currency: currency,
  is_archived: false,
})

const product = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  created_at,
  recurring_interval: null,
  recurring_interval_count: null,
  is_archived: false,
  prices: [price(2000, 'usd')],
  ...more,
})

export const PRODUCTS = [
  product('p1', 'Field notes'),
  product('p2', RTL, { recurring_interval: 'month', recurring_interval_count: 1 }),
  product('p3', 'A handbook with a name that goes on for longer than any shelf is wide', {
    is_archived: true,
    prices: [price(500_000, 'huf')],
  }),
]

const customer = { id: 'c1', name: 'Grace Hopper', email: 'grace@example.com' }

export const CUSTOMERS = [
  { ...customer, created_at, billing_address: { country: 'US' } },
  { id: 'c2', name: null, email: 'noor@example.com', created_at, billing_address: null },
]

const order = (id: string, status: string, more: object = {}) => ({
  id,
  created_at,
  status,
  invoice_number: `ACME-${id}`,
  currency: 'usd',
  subtotal_amount: 2000,
  discount_amount: 500,
  tax_amount: 120,
  total_amount: 1620,
  refunded_amount: 0,
  refunded_tax_amount: 0,
  billing_reason: 'purchase',
  description: 'Field notes',
  customer,
  customer_id: 'c1',
  product: { id: 'p1', name: 'Field notes' },
  product_id: 'p1',
  items: [{ id: 'i1', label: 'Field notes', amount: 2000 }],
  ...more,
})

export const ORDERS = [
  order('0001', 'paid'),
  order('0002', 'partially_refunded', { refunded_amount: 500 }),
  order('0003', 'held_by_the_moon', { invoice_number: null, product: null }),
]

const subscription = (id: string, status: string, more: object = {}) => ({
  id,
  created_at,
  status,
  amount: 2000,
  currency: 'usd',
  recurring_interval: 'month',
  recurring_interval_count: 1,
  current_period_end: '2026-12-23T14:02:00Z',
  cancel_at_period_end: false,
  ends_at: null,
  ended_at: null,
  customer,
  customer_id: 'c1',
  product: { id: 'p1', name: 'Field notes' },
  product_id: 'p1',
  ...more,
})

export const SUBSCRIPTIONS = [
  subscription('s1', 'active'),
  subscription('s2', 'past_due'),
  subscription('s3', 'active', { cancel_at_period_end: true, ends_at: '2027-03-03T00:00:00Z' }),
]

/** Thirty days that end today, with a day on which nothing was sold. */
export function metrics(): Response {
  const values = (day: number) => ({
    revenue: day % 7 === 3 ? 0 : 12_000 + ((day * 7919) % 9000),
    orders: day % 7 === 3 ? 0 : 3 + (day % 5),
    monthly_recurring_revenue: 200_000 + day * 1500,
    active_subscriptions: 40 + day,
  })
  const day = 24 * 60 * 60 * 1000
  const periods = Array.from({ length: 30 }, (_, index) => ({
    timestamp: new Date(Date.now() - (29 - index) * day).toISOString(),
    ...values(index),
  }))
  return Response.json({ periods, totals: { ...values(29), revenue: 421_000, orders: 134 } })
}
