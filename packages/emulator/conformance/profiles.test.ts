/** Polar by date: before its changes of September 2026, and today. */
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import type { EmulatorOptions } from '../src/index.ts'
import { ACME, CALLBACK, startPolar, UMAS_SHOP, type Polar } from './polar.ts'

let polar: Polar
afterEach(() => polar.close())

const locationOf = (response: Response) => new URL(response.headers.get('Location') ?? '')
const CONFIGURATION = '/.well-known/openid-configuration'
const ALIAS = '/.well-known/oauth-authorization-server'
const FUTURE = 'https://id.polar.example'

interface Played {
  readonly name: string
  readonly options: EmulatorOptions
  /** Null: the server's own address. */
  readonly issuer: string | null
  readonly namesIssuer: boolean
}

const PLAYED: readonly Played[] = [
  {
    name: 'August 2026',
    options: { asOf: '2026-08' },
    issuer: 'https://polar.sh',
    namesIssuer: false,
  },
  { name: 'today', options: {}, issuer: null, namesIssuer: true },
  {
    name: 'one that moved again',
    options: { issuer: FUTURE },
    issuer: FUTURE,
    namesIssuer: true,
  },
]

describe.each(PLAYED)('Polar of $name', ({ options, issuer, namesIssuer }) => {
  it('C83: names one issuer in discovery, ID token, introspection and callback', async () => {
    polar = await startPolar(options)
    const expected = issuer ?? polar.url
    const discovery = await polar.json(await polar.get(CONFIGURATION))
    expect(discovery['issuer']).toBe(expected)
    expect(discovery['token_endpoint']).toBe(`${polar.url}/v1/oauth2/token`)
    expect(discovery['authorization_response_iss_parameter_supported']).toBe(
      namesIssuer ? true : undefined,
    )
    const { access_token: token, id_token: idToken = '' } = await polar.connect()
    expect(decodeJwt(idToken).iss).toBe(expected)
    expect((await polar.introspect(token))['iss']).toBe(expected)
    for (const answer of [await polar.consent({ action: 'deny' }), await polar.authorize()]) {
      expect(locationOf(answer).searchParams.get('iss')).toBe(namesIssuer ? expected : null)
    }
  })

  it('signs in, refreshes and revokes', async () => {
    polar = await startPolar(options)
    const first = await polar.connect()
    const keys = await polar.json(await polar.get('/.well-known/jwks.json'))
    await jwtVerify(first.id_token ?? '', createLocalJWKSet(keys as unknown as JSONWebKeySet))
    const refreshed = await polar.json(await polar.refresh(first.refresh_token))
    const token = String(refreshed['access_token'])
    expect((await polar.api('/v1/products/', token)).status).toBe(200)
    await polar.revoke(token)
    expect((await polar.api('/v1/products/', token)).status).toBe(401)
  })
})

describe('Polar of August 2026', () => {
  it("C81: lacks the second discovery document that today's Polar has", async () => {
    polar = await startPolar({ asOf: '2026-08' })
    expect((await polar.get(ALIAS)).status).toBe(404)
    await polar.control('PATCH', '/settings', { as_of: '2026-11' })
    const [one, other] = [await polar.get(CONFIGURATION), await polar.get(ALIAS)]
    expect(await other.json()).toEqual(await one.json())
  })

  it('C98: drops state and issuer from errors after consent', async () => {
    polar = await startPolar({ asOf: '2026-08', commitDelayMs: [0, 0] })
    const request = { nonce: 'n-1' }
    await polar.code(request)
    const again = () => polar.consent({ action: 'allow' }, request)
    const replayed = { error: 'invalid_request', error_description: 'Replay attack' }
    expect(Object.fromEntries(locationOf(await again()).searchParams)).toEqual(replayed)
    await polar.control('PATCH', '/settings', { as_of: '2026-11' })
    expect(Object.fromEntries(locationOf(await again()).searchParams)).toEqual({
      ...replayed,
      state: 'the-state',
      iss: polar.url,
    })
  })

  it.each([
    ['2026-08', undefined],
    ['2026-11', 'the-state'],
  ] as const)('C30: sends at %s the state %s with a refused consent', async (asOf, state) => {
    polar = await startPolar({ asOf })
    const refused = await polar.consent({ action: 'allow' }, { sub_type: 'organization' })
    expect(refused.status).toBe(400)
    expect((await polar.json(refused))['state']).toBe(state)
  })

  it.each([
    ['2026-08', ['avatar_url', 'id', 'slug']],
    ['2026-11', ['avatar_url', 'id', 'name', 'slug']],
  ] as const)('C87: sends at %s the members %j of organizations', async (asOf, members) => {
    polar = await startPolar({ asOf })
    const { organizations } = await polar.json(await polar.authorize())
    for (const entry of organizations as object[]) {
      expect(Object.keys(entry).toSorted()).toEqual(members)
    }
  })

  it('C86: keeps the tokens of a deleted client alive', async () => {
    polar = await startPolar({ asOf: '2026-08', commitDelayMs: [0, 0] })
    const { client, path, token } = await polar.register({
      client_name: 'Gone',
      redirect_uris: [CALLBACK],
    })
    const code = await polar.code({ client_id: client.client_id, scope: 'products:read' })
    const pair = await polar.json(await polar.exchange(code, client))
    await fetch(polar.url + path, { method: 'DELETE', headers: token })
    expect((await polar.api('/v1/products/', String(pair['access_token']))).status).toBe(200)
    expect((await polar.refresh(String(pair['refresh_token']), client)).status).toBe(400)
  })

  it('C84: ignores Polar-Organization', async () => {
    polar = await startPolar({ asOf: '2026-08' })
    const token = await polar.mint('ada@example.com', ['products:read'])
    for (const organization of [ACME, UMAS_SHOP, 'acme']) {
      const headers = { Authorization: `Bearer ${token}`, 'Polar-Organization': organization }
      expect((await polar.get('/v1/products/?limit=1', headers)).status).toBe(200)
    }
  })
})
