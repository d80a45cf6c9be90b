/** Client registration, and the codes and tokens of other clients. */
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { ADA, CALLBACK, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const PATH = '/v1/oauth2/register'
const METADATA = { client_name: 'Ledger Sync', redirect_uris: [CALLBACK] }

async function send(method: string, path: string, body?: object, headers = {}) {
  const response = await fetch(polar.url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown>,
  }
}
const register = (extra: object = {}) => send('POST', PATH, { ...METADATA, ...extra })

const registered = (extra: object = {}) => polar.register({ ...METADATA, ...extra })

describe('registration', () => {
  it('creates a confidential client with all scopes by default', async () => {
    const { status, body } = await register()
    expect(status).toBe(201)
    expect(body).toMatchObject({
      client_name: 'Ledger Sync',
      redirect_uris: [CALLBACK],
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      client_secret_expires_at: 0,
      registration_client_uri: `${polar.url}${PATH}/${String(body['client_id'])}`,
    })
    expect(body['client_id']).toMatch(/^polar_ci_[0-9A-Za-z]{43}$/)
    expect(body['client_secret']).toMatch(/^polar_cs_/)
    expect(body['registration_access_token']).toMatch(/^polar_crt_/)
    expect(String(body['scope']).split(' ')).toContain('wallets:write')
  })

  it('shows no secret of a public client', async () => {
    const { body } = await register({ token_endpoint_auth_method: 'none' })
    expect(body).not.toHaveProperty('client_secret')
    expect(body).not.toHaveProperty('client_secret_expires_at')
  })

  it.each([
    ['https://EXAMPLE.com', 'https://example.com/'],
    ['https://example.com:443/cb', 'https://example.com/cb'],
    ['http://localhost:5173/cb', 'http://localhost:5173/cb'],
    ['http://app.localhost/cb', 'http://app.localhost/cb'],
    ['http://192.168.1.4:3000/cb', 'http://192.168.1.4:3000/cb'],
    ['myapp://callback', 'myapp://callback'],
  ])('keeps %s as %s', async (given, kept) => {
    expect((await register({ redirect_uris: [given] })).body['redirect_uris']).toEqual([kept])
  })

  it.each([
    ['http://example.com/cb', 422],
    ['http://8.8.8.8/cb', 422],
    ['http://[::1]/cb', 422],
    ['http://localhost./cb', 422],
    ['nothing', 422],
    ['https://example.com/cb#part', 400],
    ['mailto:ada@example.com', 400],
  ])('refuses %s with %i', async (given, status) => {
    const refused = await register({ redirect_uris: [given] })
    expect(refused.status).toBe(status)
    const error = status === 422 ? 'RequestValidationError' : 'invalid_client_metadata'
    expect(refused.body['error']).toBe(error)
  })

  it.each([
    [{ scope: 'moons:orbit' }, "Invalid claim: 'scope'"],
    [{ redirect_uris: ['https://app.example/cb#x'] }, "Invalid claim: 'redirect_uris'"],
  ])('C105: refuses the claim in %j', async (extra, error_description) => {
    expect(await register(extra)).toEqual({
      status: 400,
      body: { error: 'invalid_client_metadata', error_description },
    })
  })

  it.each([
    [
      { redirect_uris: ['http://app.example/cb'] },
      {
        type: 'value_error',
        loc: ['body', 'redirect_uris', 0],
        msg: 'Value error, An HTTPS URL is required.',
        input: 'http://app.example/cb',
        ctx: { error: {} },
      },
    ],
    [
      { grant_types: ['authorization_code', 'web'] },
      {
        type: 'literal_error',
        loc: ['body', 'grant_types', 1],
        msg: "Input should be 'authorization_code' or 'refresh_token'",
        input: 'web',
        ctx: { expected: "'authorization_code' or 'refresh_token'" },
      },
    ],
    [
      { token_endpoint_auth_method: 'private_key_jwt' },
      {
        type: 'literal_error',
        loc: ['body', 'token_endpoint_auth_method'],
        msg: "Input should be 'client_secret_basic', 'client_secret_post' or 'none'",
        input: 'private_key_jwt',
        ctx: { expected: "'client_secret_basic', 'client_secret_post' or 'none'" },
      },
    ],
  ])('C105: refuses the form of %j', async (extra, issue) => {
    expect(await register(extra)).toEqual({
      status: 422,
      body: { error: 'RequestValidationError', detail: [issue] },
    })
  })

  it('C105: drops an unknown member, and refuses a missing name', async () => {
    const { status, body } = await register({ contacts: ['a@app.example'] })
    expect(status).toBe(201)
    expect(body).not.toHaveProperty('contacts')
    const nameless = { redirect_uris: [CALLBACK] }
    const missing = { type: 'missing', msg: 'Field required', input: nameless }
    expect((await send('POST', PATH, nameless)).body['detail']).toEqual([
      { ...missing, loc: ['body', 'client_name'] },
    ])
  })

  it('refuses callers with an API token', async () => {
    const { access_token: token } = await polar.connect()
    const refused = await send('POST', PATH, METADATA, { Authorization: `Bearer ${token}` })
    expect([refused.status, refused.body['error']]).toEqual([403, 'NotPermitted'])
  })
})

describe('a registered client', () => {
  it('is read, changed and deleted with its registration token', async () => {
    const { client, path, token } = await registered()
    expect((await send('GET', path, undefined, token)).body['client_name']).toBe('Ledger Sync')
    const { client_id } = client
    const changed = { ...METADATA, client_id, client_name: 'Ledger' }
    expect((await send('PUT', path, changed, token)).body['client_name']).toBe('Ledger')

    expect((await send('DELETE', path, undefined, token)).status).toBe(204)
    expect((await send('GET', path, undefined, token)).status).toBe(401)
    const refused = await polar.authorize({ client_id })
    expect((await polar.json(refused))['error']).toBe('invalid_client')
  })

  it('C103: is changed by a body with its ID', async () => {
    const { client, path, token } = await registered()
    const nameless = await send('PUT', path, METADATA, token)
    expect([nameless.status, nameless.body]).toEqual([
      422,
      {
        error: 'RequestValidationError',
        detail: [
          { type: 'missing', loc: ['body', 'client_id'], msg: 'Field required', input: METADATA },
        ],
      },
    ])
    const other = await send('PUT', path, { ...METADATA, client_id: 'polar_ci_other' }, token)
    expect([other.status, other.body]).toEqual([400, { error: 'invalid_request' }])
    const same = await send('PUT', path, { ...METADATA, client_id: client.client_id }, token)
    expect([same.status, same.body['client_secret']]).toEqual([200, client.client_secret])
  })

  it('C104: is hidden from others', async () => {
    const { path } = await registered()
    const other = await registered()
    const bare = await send('GET', path)
    expect([bare.status, bare.body['error']]).toEqual([400, 'access_denied'])
    const unknown = {
      error: 'invalid_client',
      error_description: 'The client does not exist on this server.',
    }
    for (const address of [path, `${PATH}/polar_ci_unknown`]) {
      for (const method of ['GET', 'DELETE']) {
        const refused = await send(method, address, undefined, other.token)
        expect([refused.status, refused.body]).toEqual([401, unknown])
      }
      const { headers } = await polar.get(address, other.token)
      expect(headers.get('WWW-Authenticate')).toBe(
        `Basic error="${unknown.error}", error_description="${unknown.error_description}"`,
      )
    }
  })

  it('belongs to the person who was signed in', async () => {
    const cookie = { Cookie: `polar_emulator_session=${ADA}` }
    const { body } = await send('POST', PATH, METADATA, cookie)
    const path = `${PATH}/${String(body['client_id'])}`
    await expect.poll(async () => (await send('GET', path, undefined, cookie)).status).toBe(200)
  })

  it('C86: ends its tokens when it is deleted', async () => {
    const { client, path, token } = await registered()
    const code = await polar.code({ client_id: client.client_id, scope: 'organizations:read' })
    const tokens = await polar.json(await polar.exchange(code, client))
    await send('DELETE', path, undefined, token)
    const access = String(tokens['access_token'])
    const ended = await polar.api('/v1/organizations/', access)
    expect([ended.status, (await polar.json(ended))['error']]).toEqual([401, 'invalid_token'])
    expect((await polar.refresh(String(tokens['refresh_token']), client)).status).toBe(400)
  })

  it('C13: asks for all its scopes if a request names none', async () => {
    const { client } = await registered({ scope: 'openid orders:read' })
    const request = { client_id: client.client_id, scope: null }
    const { scopes } = await polar.json(await polar.authorize(request))
    expect(new Set(scopes as string[])).toEqual(new Set(['openid', 'orders:read']))
  })

  it('C46: cannot use the code of another client', async () => {
    const { client } = await registered()
    const code = await polar.code()
    const stolen = await polar.exchange(code, client)
    expect([stolen.status, (await polar.json(stolen))['error']]).toEqual([400, 'invalid_grant'])
    expect((await polar.exchange(code)).status).toBe(200)
  })

  it('C55: cannot refresh the tokens of another client, and does not end them', async () => {
    const { client } = await registered()
    const { refresh_token: token } = await polar.connect()
    const stolen = await polar.refresh(token, client)
    expect([stolen.status, await stolen.json()]).toEqual([400, { error: 'invalid_grant' }])
    expect((await polar.refresh(token)).status).toBe(200)
  })

  it('C64, C68: can neither see nor end the tokens of another client', async () => {
    const { client } = await registered()
    const { access_token: token } = await polar.connect()
    const seen = await polar.post('/v1/oauth2/introspect', { token, ...client })
    expect(await seen.json()).toEqual({ active: false })
    const ended = await polar.revoke(token, client)
    expect([ended.status, await ended.json()]).toEqual([400, { error: 'invalid_grant' }])
    expect((await polar.introspect(token))['active']).toBe(true)
  })
})
