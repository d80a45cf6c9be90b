/** The data of the gallery: made up, little, and with awkward cases. */
import type { ConnectState } from '@polar-connect/browser'
import type {
  Check,
  Connection,
  DiagnosticsAnswer,
  FaultsAnswer,
  SignInStep,
  SignInTrace,
  SignInsAnswer,
} from '@polar-connect/protocol'
import type { Identified } from '../data/list-page.ts'
import type { ResourceName } from '../resources/resource.ts'

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

export const without = (scope: string): Connection => ({
  ...ACME,
  scopes: ACME.scopes.filter((each) => each !== scope),
})

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

/** Someone who connected all of their organizations. */
export const EVERYWHERE = {
  ...CONNECTED,
  connection: { ...ACME, subject: { type: 'user', id: 'user-1' } },
} as const satisfies ConnectState

/** At the emulator. */
export const EMULATED = {
  ...CONNECTED,
  server: { name: 'emulator', origin: 'http://127.0.0.1:4567' },
} as const satisfies ConnectState

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

export const ORGANIZATIONS = [
  ORGANIZATION,
  { ...ORGANIZATION, id: 'org-2', name: 'Nord Studio', slug: 'nord-studio' },
  { ...ORGANIZATION, id: 'org-3', name: 'مكتبة الحكمة', slug: 'library' },
] as const

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
  description: null,
  benefits: [],
  ...more,
})

const PRODUCTS = [
  product('p1', 'Field notes', {
    organization_id: 'org-1',
    description: 'Forty pages of dots, squared.',
    benefits: [{ id: 'b1', description: 'A letter, twice a year' }],
  }),
  product('p2', RTL, {
    organization_id: 'org-2',
    recurring_interval: 'month',
    recurring_interval_count: 1,
  }),
  product('p3', 'A handbook with a name that goes on for longer than any shelf is wide', {
    is_archived: true,
    prices: [price(500_000, 'huf')],
  }),
] as const

const customer = { id: 'c1', name: 'Grace Hopper', email: 'grace@example.com' }

const CUSTOMERS = [
  {
    ...customer,
    type: 'individual',
    created_at,
    external_id: 'shelf-7',
    billing_address: {
      line1: '1 Example Street',
      line2: null,
      postal_code: '10001',
      city: 'New York',
      state: 'US-NY',
      country: 'US',
    },
  },
  {
    id: 'c2',
    name: null,
    email: 'noor@example.com',
    type: 'team',
    created_at,
    external_id: null,
    billing_address: null,
  },
] as const

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
  net_amount: 1500,
  applied_balance_amount: 0,
  platform_fee_amount: 105,
  platform_fee_currency: 'usd',
  paid: true,
  is_invoice_generated: true,
  refunded_amount: 0,
  refunded_tax_amount: 0,
  billing_reason: 'purchase',
  description: 'Field notes',
  customer,
  customer_id: 'c1',
  product: { id: 'p1', name: 'Field notes', organization_id: 'org-1' },
  product_id: 'p1',
  items: [{ id: 'i1', label: 'Field notes', amount: 2000 }],
  ...more,
})

const ORDERS = [
  order('0001', 'paid'),
  order('0002', 'partially_refunded', {
    refunded_amount: 500,
    product: { id: 'p2', name: RTL, organization_id: 'org-2' },
  }),
  order('0003', 'held_by_the_moon', { invoice_number: null, product: null, paid: false }),
  order('0004', 'refunded', {
    currency: 'jpy',
    refunded_amount: 1500,
    refunded_tax_amount: 120,
    customer: { id: 'c2', name: RTL, email: null },
    is_invoice_generated: false,
  }),
] as const

const refund = (id: string, more: object = {}) => ({
  id,
  created_at,
  amount: 500,
  tax_amount: 40,
  currency: 'usd',
  reason: 'customer_request',
  status: 'succeeded',
  ...more,
})

export const REFUNDS = [
  refund('r1'),
  refund('r2', { reason: 'moon_phase', status: 'failed' }),
  refund('r3', { amount: 0, tax_amount: 0, status: 'pending' }),
] as const

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

const SUBSCRIPTIONS = [
  subscription('s1', 'active'),
  subscription('s2', 'past_due'),
  subscription('s3', 'active', { cancel_at_period_end: true, ends_at: '2027-03-03T00:00:00Z' }),
] as const

const checkoutLink = (id: string, label: string | null, products: readonly object[]) => ({
  id,
  created_at,
  label,
  products,
  url: `https://buy.example/${id}`,
})

const CHECKOUT_LINKS = [
  checkoutLink('l1', 'Autumn letter', [PRODUCTS[0]]),
  checkoutLink('l2', null, [PRODUCTS[1], PRODUCTS[2]]),
] as const

const discount = (id: string, name: string, more: object) => ({
  id,
  name,
  created_at,
  code: null,
  starts_at: null,
  ends_at: null,
  max_redemptions: null,
  redemptions_count: 0,
  products: [],
  ...more,
})

const DISCOUNTS = [
  discount('d1', 'Autumn reading', {
    code: 'AUTUMN26',
    basis_points: 1250,
    redemptions_count: 4,
    max_redemptions: 50,
    ends_at: '2026-12-24T00:00:00Z',
    products: [PRODUCTS[0]],
  }),
  discount('d2', RTL, { amount: 500, currency: 'jpy' }),
] as const

/** Records of each kind. The first one has no gaps. */
export const RECORDS: Readonly<Record<ResourceName, readonly [Identified, ...Identified[]]>> = {
  products: PRODUCTS,
  orders: ORDERS,
  customers: CUSTOMERS,
  subscriptions: SUBSCRIPTIONS,
  checkoutLinks: CHECKOUT_LINKS,
  discounts: DISCOUNTS,
}

/** Thirty days that end today, one of them without a sale. @param share of what a good month brings. */
export function metrics(share = 1): Response {
  const values = (day: number) => {
    const orders = share * (day % 7 === 3 ? 0 : 3 + (day % 5))
    const revenue = orders * (4000 + ((day * 7919) % 900))
    return {
      revenue,
      net_revenue: Math.round(revenue * 0.93),
      orders,
      average_order_value: orders === 0 ? 0 : Math.round(revenue / orders),
      monthly_recurring_revenue: share * (200_000 + day * 1500),
      active_subscriptions: share * (40 + day),
      new_subscriptions: share * (day % 3),
      churned_subscriptions: share * (day % 11 === 0 ? 1 : 0),
      checkouts_conversion: orders === 0 ? 0 : 0.2 + (day % 4) / 10,
    }
  }
  const day = 24 * 60 * 60 * 1000
  const periods = Array.from({ length: 30 }, (_, index) => ({
    timestamp: new Date(Date.now() - (29 - index) * day).toISOString(),
    ...values(index),
  }))
  const totals = { ...values(29), revenue: share * 421_000, orders: share * 134 }
  return Response.json({ periods, totals })
}

export function metricsLimits(): Response {
  const days = { hour: 7, day: 500, week: 1000, month: 5000, year: 10_000 }
  const intervals = Object.fromEntries(
    Object.entries(days).map(([name, most]) => [name, { min_days: 0, max_days: most }]),
  )
  return Response.json({ min_date: '2023-01-01', intervals })
}

const CHECKS: readonly Check[] = [
  { id: 'polar', status: 'ok', detail: 'sandbox-api.polar.sh answers.' },
  {
    id: 'environment',
    status: 'failed',
    detail: 'The client belongs to production but the API host is sandbox.',
    fix: 'Set POLAR_SERVER to match: POLAR_SERVER=production.',
  },
  {
    id: 'clock',
    status: 'warning',
    detail: "Polar's clock is 90 seconds behind the server's.",
    fix: 'Turn on automatic time where the server runs.',
  },
  { id: 'redirect_uri', status: 'ok', detail: 'This page is where APP_ORIGIN says.' },
  { id: 'coordinator', status: 'skipped', detail: 'Polar could not be asked.' },
  {
    id: 'changes',
    status: 'failed',
    detail: '2 differences. 1 of them breaks something.',
    fix: 'Update Polar Connect.',
    differences: [
      {
        breaks: true,
        text: "Polar's grant_types_supported no longer has refresh_token. Connections end with their access token.",
      },
      { breaks: false, text: 'Polar has a new scope: quotes:read.' },
    ],
  },
]

export function diagnostics(path: string): Response {
  if (path === '/bff/health') return Response.json({ status: 'ok' })
  const answer: DiagnosticsAnswer = {
    checks: CHECKS,
    server,
    app_origin: location.origin,
    redirect_uri: `${location.origin}/auth/callback`,
    server_time: new Date().toISOString(),
    tells_sign_ins: true,
  }
  return Response.json(answer)
}

export const faults = (...names: readonly string[]): Response =>
  Response.json({ faults: names } satisfies FaultsAnswer)

const step = (
  from: SignInStep['from'],
  to: SignInStep['to'],
  text: string,
  status: SignInStep['status'],
  more: Partial<SignInStep> = {},
): SignInStep => ({ from, to, text, details: [], status, ...more })

const FAILED: SignInTrace = {
  id: 'sign-in-2',
  started_at: minutesAgo(2),
  result: 'failed',
  code: 'invalid_client',
  reference: 'k3m9x2ab',
  steps: [
    step('browser', 'server', 'Begins: POST /bff/authorize.', 'done', {
      details: ['It asks for one organization, with 10 permissions.'],
    }),
    step('browser', 'polar', 'Opens Polar: organizations, then permissions.', 'done', {
      details: ["Polar's log: GET /oauth2/authorize: 200 in 12 ms. Consent page: organizations."],
      milliseconds: 8210,
    }),
    step(
      'server',
      'polar',
      'Trades the code, with verifier and client secret, for tokens.',
      'failed',
      { details: ['Polar did not accept the client'], milliseconds: 14 },
    ),
    step('server', 'browser', 'Sets the session cookie.', 'not_reached'),
  ],
}

const WORKED: SignInTrace = {
  id: 'sign-in-1',
  started_at: minutesAgo(9),
  result: 'connected',
  steps: [
    ...FAILED.steps.slice(0, 2).map((each) => ({ ...each, status: 'not_seen' as const })),
    step('server', 'browser', 'Sets the session cookie.', 'done'),
    step('server', 'polar', 'Refreshes the tokens: generation 1.', 'done', { milliseconds: 31 }),
  ],
}

export const signIns = (): Response =>
  Response.json({ sign_ins: [FAILED, WORKED] } satisfies SignInsAnswer)

export const noSignIns = (): Response => Response.json({ sign_ins: [] } satisfies SignInsAnswer)
