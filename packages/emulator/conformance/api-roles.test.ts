/** What each role may change. These tests create the roles: the seed has no weak role. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createApi } from '../src/api/create-api.ts'
import { createClock } from '../src/runtime/clock.ts'
import { createDataset } from '../src/seed/create-dataset.ts'
import type { EmulatorEnv } from '../src/http/environment.ts'
import { KNOWN_SCOPES } from '../src/world/scopes.ts'
import { ACME, ADA } from './polar.ts'

function apiFor(role: 'finance' | 'member') {
  const dataset = createDataset({ name: 'small', seed: 1, now: Date.now() / 1000 })
  for (const membership of dataset.memberships) {
    if (membership.personId === ADA) membership.role = role
  }
  const app = new Hono<EmulatorEnv>()
  app.use(async (c, next) => {
    const scopes = new Set(KNOWN_SCOPES)
    c.set('caller', { clientId: 'client', personId: ADA, scopes, organizationIds: [ACME] })
    await next()
  })
  const clock = createClock()
  const settings = { removed_members: [] }
  app.route(
    '/',
    createApi({
      dataset: () => dataset,
      clock,
      origin: () => 'http://polar.test',
      settings: () => settings,
      versions: () => ['2026-10'],
    }),
  )
  const send = (method: string, path: string, body: unknown) =>
    app.request(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { app, dataset, send }
}

describe('the finance role', () => {
  it('reads everything', async () => {
    const { app } = apiFor('finance')
    for (const name of ['products', 'customers', 'orders', 'subscriptions']) {
      const answer = await app.request(`/v1/${name}/`)
      expect(await answer.json(), name).toMatchObject({
        pagination: { max_page: expect.any(Number) },
      })
      expect(answer.status).toBe(200)
    }
  })

  it('does not change products and customers', async () => {
    const { send, dataset } = apiFor('finance')
    const plan = { name: 'Plan', prices: [{ amount_type: 'free' }] }
    const refused = await send('POST', '/v1/products/', plan)
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { error: 'NotPermitted', detail: "You don't have permission to manage products" },
    ])
    expect(refused.headers.get('WWW-Authenticate')).toBeNull()
    const before = structuredClone(dataset.customers[0])
    const path = `/v1/customers/${before?.id}`
    const customer = await send('PATCH', path, { name: 'Changed' })
    expect(await customer.json()).toMatchObject({ error: 'NotPermitted' })
    expect(dataset.customers[0]).toEqual(before)
  })

  it('manages sales', async () => {
    const { send, dataset } = apiFor('finance')
    const path = `/v1/orders/${dataset.orders[0]?.id}`
    expect((await send('PATCH', path, { billing_name: 'Example Ltd' })).status).toBe(200)
  })
})

describe('the member role', () => {
  it('changes products', async () => {
    const { send } = apiFor('member')
    const plan = { name: 'Plan', prices: [{ amount_type: 'free' }] }
    expect((await send('POST', '/v1/products/', plan)).status).toBe(201)
  })
})

describe('a body', () => {
  it('that is not JSON is refused before the scope is checked', async () => {
    const { app } = apiFor('finance')
    const answer = await app.request('/v1/products/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    })
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { error: 'RequestValidationError', detail: [{ type: 'json_invalid' }] },
    ])
  })
})
