/** Polar's API, as far as it is emulated: organizations, products, checkouts. */
import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { Clock } from '../clock.ts'
import type { ApiObject, Dataset } from '../dataset.ts'
import type { EmulatorEnv } from '../environment.ts'
import { reachableOrganizations, visible } from './access.ts'
import { createCheckout } from './checkout.ts'
import { answerList, type ListRules } from './list.ts'
import { invalid, notFound, refused, requireScope, type ValidationIssue } from './respond.ts'

export interface ApiOptions {
  readonly dataset: () => Dataset
  readonly clock: Clock
  /** Where the pages of checkouts live. */
  readonly origin: () => string
}

const byId: ListRules['filters'][string] = (item, values) => values.includes(item.id)
const byOrganization: ListRules['filters'][string] = (item, values) =>
  values.includes(String(item['organization_id']))
const byFlag =
  (member: string): ListRules['filters'][string] =>
  (item, [value]) =>
    String(item[member]) === value
const byText =
  (member: string): ListRules['filters'][string] =>
  (item, [value = '']) =>
    String(item[member]).toLowerCase().includes(value.toLowerCase())

const ORGANIZATIONS: ListRules = {
  sortable: ['created_at', 'slug', 'name'],
  defaultSorting: 'created_at',
  filters: { slug: (item, values) => values.includes(String(item['slug'])) },
}

const PRODUCTS: ListRules = {
  sortable: ['created_at', 'name', 'price_amount_type', 'price_amount'],
  defaultSorting: '-created_at',
  filters: {
    id: byId,
    organization_id: byOrganization,
    query: byText('name'),
    is_archived: byFlag('is_archived'),
    is_recurring: byFlag('is_recurring'),
    visibility: (item, values) => values.includes(String(item['visibility'])),
  },
}

const CHECKOUTS: ListRules = {
  sortable: ['created_at', 'expires_at', 'status'],
  defaultSorting: '-created_at',
  filters: {
    organization_id: byOrganization,
    product_id: (item, values) => values.includes(String(item['product_id'])),
    status: (item, values) => values.includes(String(item['status'])),
    query: byText('customer_email'),
  },
}

const uuid = v.pipe(v.string(), v.uuid())
const optionalText = v.nullish(v.string())
const checkoutBody = v.looseObject({
  products: v.pipe(v.array(uuid), v.minLength(1)),
  customer_email: optionalText,
  customer_name: optionalText,
  success_url: optionalText,
  return_url: optionalText,
  external_customer_id: optionalText,
  allow_discount_codes: v.nullish(v.boolean()),
  metadata: v.nullish(v.record(v.string(), v.unknown())),
})

export function createApi({ dataset, clock, origin }: ApiOptions): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>({ strict: true })
  const readsOf = (name: string) => [`${name}:read`, `${name}:write`]

  app.get('/v1/organizations/', (c) => {
    const caller = requireScope(c, readsOf('organizations'))
    if (caller instanceof Response) return caller
    const reachable = reachableOrganizations(dataset(), caller)
    const items = dataset().organizations.filter(({ id }) => reachable.has(id))
    return answerList(c, items, ORGANIZATIONS)
  })

  app.get('/v1/organizations/:id', (c) => {
    const caller = requireScope(c, readsOf('organizations'))
    if (caller instanceof Response) return caller
    const reachable = reachableOrganizations(dataset(), caller)
    return answerOne(
      c,
      dataset().organizations.filter(({ id }) => reachable.has(id)),
    )
  })

  for (const [name, rules] of [
    ['products', PRODUCTS],
    ['checkouts', CHECKOUTS],
  ] as const) {
    app.get(`/v1/${name}/`, (c) => {
      const caller = requireScope(c, readsOf(name))
      if (caller instanceof Response) return caller
      return answerList(c, visible(dataset(), caller, dataset()[name]), rules)
    })
    app.get(`/v1/${name}/:id`, (c) => {
      const caller = requireScope(c, readsOf(name))
      if (caller instanceof Response) return caller
      return answerOne(c, visible(dataset(), caller, dataset()[name]))
    })
  }

  app.post('/v1/checkouts/', async (c) => {
    const caller = requireScope(c, ['checkouts:write'])
    if (caller instanceof Response) return caller
    const body: unknown = await c.req.json().catch(() => undefined)
    const parsed = v.safeParse(checkoutBody, body)
    if (!parsed.success) return invalid(c, parsed.issues.map(toIssue))
    const { products: ids, ...wishes } = parsed.output
    const known = visible(dataset(), caller, dataset().products)
    const products: ApiObject[] = []
    for (const [index, id] of ids.entries()) {
      const product = known.find((entry) => entry.id === id)
      const loc = ['body', 'products', index]
      if (product === undefined) return refused(c, loc, 'Product does not exist.')
      if (product['is_archived'] === true) return refused(c, loc, 'Product is archived.')
      products.push(product)
    }
    const [first, ...rest] = products
    if (first === undefined) return refused(c, ['body', 'products'], 'Product does not exist.')
    const checkout = createCheckout(
      [first, ...rest],
      Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== null)),
      { origin: origin(), now: clock.now() },
    )
    dataset().checkouts.push(checkout)
    return c.json(checkout, 201)
  })

  app.all('/v1/*', (c) => {
    const { pathname, search, origin: own } = new URL(c.req.url)
    const other = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`
    // Lists and creation end in a slash, items do not: the other form is sent to the right one.
    if (/^\/v1\/(organizations|products|checkouts)(\/[^/]+)?\/?$/.test(pathname)) {
      const depth = other.split('/').filter(Boolean).length
      const exact = depth === 2 ? other.endsWith('/') : !other.endsWith('/')
      if (exact) return c.redirect(own + other + search, 307)
      return c.json({ detail: 'Method Not Allowed' }, 405)
    }
    return c.json({ detail: 'Not Found' }, 404)
  })

  return app
}

function answerOne(c: Context<EmulatorEnv>, items: readonly ApiObject[]) {
  const id = c.req.param('id') ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    const msg = 'Input should be a valid UUID'
    return invalid(c, [{ type: 'uuid_parsing', loc: ['path', 'id'], msg, input: id }])
  }
  const item = items.find((entry) => entry.id === id.toLowerCase())
  return item === undefined ? notFound(c) : c.json(item)
}

function toIssue(issue: v.BaseIssue<unknown>): ValidationIssue {
  const path = issue.path?.map(({ key }) => key as string | number) ?? []
  const missing = issue.input === undefined
  return {
    type: missing ? 'missing' : `${issue.expected}_type`.toLowerCase(),
    loc: ['body', ...path],
    msg: missing ? 'Field required' : issue.message,
    input: issue.input ?? null,
  }
}
