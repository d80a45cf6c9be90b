/** The header that limits a request to one organization. */
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { ACME, NORD, UMAS_SHOP, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const ADA = 'ada@example.com'
const NOT_REACHED = {
  error: 'RequestedOrganizationNotAccessible',
  detail:
    'The organization in the Polar-Organization header is not accessible with this credential.',
}
const NOT_A_UUID = {
  error: 'InvalidRequestedOrganization',
  detail: 'The Polar-Organization header must be an organization ID.',
}
const ask = (path: string, token: string | undefined, organization: string) =>
  polar.get(path, {
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    'Polar-Organization': organization,
  })
async function idsOf(response: Response): Promise<string[]> {
  const { items } = (await response.json()) as { items: { id: string; organization_id: string }[] }
  return items.map(({ id, organization_id }) => organization_id ?? id)
}

describe('Polar-Organization', () => {
  it('C84: limits lists and objects of only one request', async () => {
    const token = await polar.mint(ADA, ['organizations:read', 'products:read'])
    expect(await idsOf(await ask('/v1/organizations/', token, NORD))).toEqual([NORD])
    const products = await idsOf(await ask('/v1/products/?limit=100', token, NORD.toUpperCase()))
    expect(new Set(products)).toEqual(new Set([NORD]))
    expect((await ask(`/v1/organizations/${ACME}`, token, NORD)).status).toBe(404)
    expect((await ask(`/v1/organizations/${ACME}`, token, ACME)).status).toBe(200)
    const all = await idsOf(await polar.api('/v1/organizations/', token))
    expect(all).toContain(ACME)
  })

  it('C85: refuses an inaccessible organization, and a value that is not an ID', async () => {
    const unrestricted = await polar.mint(ADA, ['products:read'])
    const restricted = await polar.mint(ADA, ['products:read'], [ACME])
    for (const [token, organization] of [
      [unrestricted, UMAS_SHOP],
      [restricted, NORD],
    ] as const) {
      const refused = await ask('/v1/products/', token, organization)
      expect([refused.status, await refused.json()]).toEqual([403, NOT_REACHED])
    }
    const unclear = await ask('/v1/products/', unrestricted, 'acme')
    expect([unclear.status, await unclear.json()]).toEqual([400, NOT_A_UUID])
    // The path does not matter.
    expect((await ask('/v1/nothing/', unrestricted, 'acme')).status).toBe(400)
  })

  it('C85: refuses an organization with enforced SSO to an unlimited token', async () => {
    const token = await polar.mint(ADA, ['products:read'])
    await polar.control('PATCH', `/organizations/${ACME}`, { sso_enforced: true })
    expect((await ask('/v1/products/', token, ACME)).status).toBe(403)
  })

  it('C85: has no effect with a bad token or without a token', async () => {
    const bad = await ask('/v1/products/', 'polar_at_u_unknown', 'acme')
    expect([bad.status, (await polar.json(bad))['error']]).toEqual([401, 'invalid_token'])
    const nobody = await ask('/v1/products/', undefined, 'acme')
    expect([nobody.status, (await polar.json(nobody))['error']]).toEqual([401, 'Unauthorized'])
    expect((await ask('/v1/oauth2/userinfo', undefined, 'acme')).status).toBe(401)
  })

  it('C79: names the organization of a new object', async () => {
    const token = await polar.mint(ADA, ['products:write'])
    const create = (headers: Record<string, string>) =>
      fetch(`${polar.url}/v1/products/`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          ...headers,
        },
        body: JSON.stringify({
          name: 'Named by header',
          prices: [{ amount_type: 'fixed', price_amount: 100, price_currency: 'eur' }],
        }),
      })
    const created = await create({ 'Polar-Organization': NORD })
    expect([created.status, (await polar.json(created))['organization_id']]).toEqual([201, NORD])
    expect((await create({})).status).toBe(422)
  })
})
