/** Polar's authorization server, with one named test for each emulated assertion. */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { attachPolar } from './attach.ts'
import { ACME, ADA, CALLBACK, NORD, UMAS_SHOP, type Polar } from './polar.ts'

const current = attachPolar()
let polar: Polar
beforeEach(() => {
  polar = current()
})

const locationOf = (response: Response) => new URL(response.headers.get('Location') ?? '')
const INVALID_GRANT = { error: 'invalid_grant' }

describe('the authorization server', () => {
  it('C1, C2: names its own origin as the issuer, and no logout endpoint', async () => {
    const document = await polar.json(await polar.get('/.well-known/openid-configuration'))
    expect(document).toMatchObject({
      issuer: polar.url,
      token_endpoint: `${polar.url}/v1/oauth2/token`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
    })
    expect(document).not.toHaveProperty('end_session_endpoint')
  })

  it('C3: publishes only public RSA keys', async () => {
    const { keys } = (await polar.json(
      await polar.get('/.well-known/jwks.json'),
    )) as unknown as JSONWebKeySet
    for (const key of keys) {
      expect(Object.keys(key).toSorted()).toEqual(['e', 'kid', 'kty', 'n', 'use'])
    }
  })
})

describe('an authorization request', () => {
  it('C6: leads to sign-in first, if no one is signed in', async () => {
    await polar.control('POST', '/sign-out')
    const search = polar.query({ client_id: 'unknown' })
    const response = await polar.get(`/oauth2/authorize?${search}`)
    expect(response.status).toBe(307)
    const target = new URL(response.headers.get('Location') ?? '', polar.url)
    expect(target.pathname).toBe('/auth')
    expect(target.searchParams.get('return_to')).toBe(`/oauth2/authorize?${search}`)
  })

  it.each([
    [
      'C7',
      { client_id: 'polar_ci_unknown' },
      'invalid_client',
      'The client does not exist on this server.',
    ],
    [
      'C8',
      { redirect_uri: `${CALLBACK}/` },
      'invalid_request',
      `Redirect URI ${CALLBACK}/ is not supported by client.`,
    ],
    ['C17', { sub_type: 'team' }, 'invalid_request', 'Invalid sub_type'],
  ])('%s: %j is refused on an error page', async (_, extra, error, error_description) => {
    const response = await polar.authorize(extra)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error, error_description, state: 'the-state' })
  })

  it.each([
    ['C10', { response_type: 'token' }, 'unsupported_response_type', 'token'],
    [
      'C11',
      { scope: 'openid moons:orbit' },
      'invalid_scope',
      'The requested scope is invalid, unknown, or malformed.',
    ],
    ['C14', { code_challenge: null }, 'invalid_request', "Missing 'code_challenge'"],
    [
      'C15',
      { code_challenge_method: 'S512' },
      'invalid_request',
      "Unsupported 'code_challenge_method'",
    ],
    ['C16', { code_challenge: 'a'.repeat(42) }, 'invalid_request', "Invalid 'code_challenge'"],
    ['C23', { prompt: 'none login' }, 'invalid_request', "Invalid 'prompt' parameter."],
  ])('%s: %j is refused with a redirect', async (_, extra, error, error_description) => {
    const response = await polar.authorize(extra)
    expect(response.status).toBe(302)
    expect(Object.fromEntries(locationOf(response).searchParams)).toEqual({
      error,
      error_description,
      state: 'the-state',
    })
  })

  it('C9: without a redirect URI uses the first registered one', async () => {
    const response = await polar.consent({ action: 'allow' }, { redirect_uri: null })
    expect(response.headers.get('Location')).toMatch(`${CALLBACK}?code=polar_ac_`)
  })

  it('C12: shows a scope that the client did not register, but the token lacks it', async () => {
    const scopes = ['openid', 'products:read']
    await polar.control('PATCH', `/clients/${polar.client.client_id}`, { scopes })
    const scope = 'openid products:read orders:read'
    const { scopes: shown } = await polar.json(await polar.authorize({ scope }))
    expect(new Set(shown as string[])).toEqual(new Set(scope.split(' ')))
    expect((await polar.connect({ scope })).scope).toBe('openid products:read')
  })

  it('C18, C19: ignores sub, and asks for an organization by sub_type', async () => {
    const extra = { sub_type: 'organization', sub: 'not-a-uuid' }
    expect(await polar.json(await polar.authorize(extra))).toMatchObject({
      sub_type: 'user',
      requires_single_organization: true,
    })
  })

  it('C20: skips the screen if consent covers it, unless it asks for the screen', async () => {
    await polar.connect()
    expect(locationOf(await polar.authorize()).searchParams.get('code')).toMatch(/^polar_ac_/)
    expect((await polar.authorize({ prompt: 'consent' })).status).toBe(200)
  })

  it('C21, C22: with prompt=none fails without consent and without a sign-in', async () => {
    const refused = locationOf(await polar.authorize({ prompt: 'none' }))
    expect(Object.fromEntries(refused.searchParams)).toEqual({
      error: 'consent_required',
      state: 'the-state',
    })
    await polar.control('POST', '/sign-out')
    const anonymous = locationOf(await polar.authorize({ prompt: 'none' }))
    expect(anonymous.searchParams.get('error')).toBe('login_required')
    const page = await polar.get(`/oauth2/authorize?${polar.query({ prompt: 'none' })}`)
    expect(page.headers.get('Location')).toMatch(/^\/auth\?/)
  })

  it('C24: for an organization fails without a prompt if consent is stored', async () => {
    const extra = { sub_type: 'organization' }
    await polar.connect(extra, { organizations: ACME })
    const response = await polar.authorize(extra)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'sub_type=organization requires selecting an organization',
      state: 'the-state',
    })
  })

  it('C25: has pages that cannot be framed', async () => {
    const { headers } = await polar.get(`/oauth2/authorize?${polar.query()}`)
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('Content-Security-Policy')).not.toContain('form-action')
  })

  it('C26: with a repeated state is refused by the API, and joined by the page', async () => {
    const search = `${polar.query()}&state=b`
    const api = await polar.get(`/v1/oauth2/authorize?${search}`)
    expect(await api.json()).toMatchObject({ error_description: "Multiple 'state' in request." })
    await polar.connect()
    const page = await polar.get(`/oauth2/authorize?${search}`)
    expect(locationOf(page).searchParams.get('state')).toBe('the-state,b')
  })

  it.each(['unknown scope', 'PKCE', 'prompt'])(
    'C82: has errors before consent, such as %s, that name no issuer',
    async (fault) => {
      const requests: Record<string, Record<string, string>> = {
        'unknown scope': { scope: 'moons:orbit' },
        PKCE: { code_challenge_method: 'S512' },
        prompt: { prompt: 'none' },
      }
      const back = locationOf(await polar.authorize(requests[fault])).searchParams
      expect([back.has('error'), back.get('iss')]).toEqual([true, null])
    },
  )

  it.each([{}, { sub_type: 'organization' }])(
    'C92: may name the organizations in its URL, with %j',
    async (mode) => {
      await polar.connect(mode, { organizations: ACME })
      const authorize = (organizations: string) => polar.authorize({ ...mode, organizations })
      const code = locationOf(await authorize(NORD)).searchParams.get('code') ?? ''
      const tokens = await polar.json(await polar.exchangeFresh(code))
      expect((await polar.introspect(String(tokens['access_token'])))['organizations']).toEqual([
        NORD,
      ])
      for (const [given, description] of [
        ['acme', "Invalid 'organizations' UUID"],
        ['', "Invalid 'organizations' UUID"],
        [UMAS_SHOP, `Organization ${UMAS_SHOP} is not accessible`],
      ] as const) {
        const refused = await authorize(given)
        expect([refused.status, await refused.json()]).toMatchObject([
          400,
          { error: 'invalid_request', error_description: description },
        ])
      }
    },
  )

  it('C92: with two organizations fails on the web host, which joins them', async () => {
    await polar.connect()
    const search = polar.query({ organizations: NORD })
    const one = await polar.get(`/oauth2/authorize?${search}`)
    expect(locationOf(one).searchParams.has('code')).toBe(true)
    const page = await polar.get(`/oauth2/authorize?${search}&organizations=${ACME}`)
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('Invalid &#39;organizations&#39; UUID'),
    ])
  })

  it('C94: with a repeated scope shows it once, and the token has it twice', async () => {
    const registered = ['openid', 'products:read', 'orders:read']
    const client = `/clients/${polar.client.client_id}`
    await polar.control('PATCH', client, { scopes: registered })
    const scope = 'products:read openid email products:read orders:read'
    const { scopes } = await polar.json(await polar.authorize({ scope }))
    expect((scopes as string[]).toSorted()).toEqual([...new Set(scope.split(' '))].toSorted())
    const tokens = await polar.connect({ scope })
    const granted = 'products:read openid products:read orders:read'
    expect(tokens.scope).toBe(granted)
    expect((await polar.introspect(tokens.access_token))['scope']).toBe(granted)
    const next = await polar.json(await polar.refresh(tokens.refresh_token))
    expect(next['scope']).toBe(granted)
  })

  it.each([{}, { sub_type: 'organization' }])(
    'C97: with prompt=none never skips the screen, with %j',
    async (mode) => {
      await polar.connect(mode, { organizations: ACME })
      const shown = await polar.authorize({ ...mode, prompt: 'none' })
      expect([shown.status, await polar.json(shown)]).toMatchObject([200, { sub: { id: ADA } }])
      const page = await polar.get(`/oauth2/authorize?${polar.query({ ...mode, prompt: 'none' })}`)
      expect([page.status, page.headers.get('Location')]).toEqual([200, null])
    },
  )

  it('C107: shows each scope once, in no fixed order, with a name', async () => {
    const data = async () => polar.json(await polar.authorize({ scope: null }))
    const scopes: string[][] = []
    for (let turn = 0; turn < 4; turn += 1) scopes.push((await data())['scopes'] as string[])
    for (const shown of scopes) {
      expect(shown.toSorted()).toEqual(scopes[0]?.toSorted())
      expect(new Set(shown).size).toBe(shown.length)
    }
    expect(new Set(scopes.map((shown) => shown.join(' '))).size).toBeGreaterThan(1)
    const names = (await data())['scope_display_names'] as Record<string, string>
    expect(Object.keys(names)).toHaveLength(63)
    expect(names).toMatchObject({
      openid: 'OpenID',
      'organization_access_tokens:read': 'Read organization access tokens',
      'organization_access_tokens:write': 'Create or modify organization access tokens',
    })
  })

  it('C27: does not accept an API token as a session', async () => {
    const { access_token: token } = await polar.connect()
    const response = await polar.api(`/v1/oauth2/authorize?${polar.query()}`, token)
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: 'NotPermitted', detail: 'Not permitted' },
    ])
  })
})

describe('consent', () => {
  const organization = { sub_type: 'organization' }

  it('C28: returns a code, the state and the issuer', async () => {
    const response = await polar.consent({ action: 'allow', organizations: ACME }, organization)
    expect(response.status).toBe(302)
    const back = locationOf(response).searchParams
    expect([...back.keys()]).toEqual(['code', 'state', 'iss'])
    expect([back.get('state'), back.get('iss')]).toEqual(['the-state', polar.url])
  })

  it('C29: returns an error if denied, and changes no record', async () => {
    await polar.connect()
    const denied = locationOf(await polar.consent({ action: 'deny' }))
    expect(Object.fromEntries(denied.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request',
      state: 'the-state',
      iss: polar.url,
    })
    expect(locationOf(await polar.authorize()).searchParams.has('code')).toBe(true)
  })

  it.each([
    ['C30', { action: 'allow' }],
    ['C31', { action: 'allow', organizations: UMAS_SHOP }],
  ])('%s: %j is refused without a redirect', async (_, form) => {
    const response = await polar.consent(form, organization)
    expect([response.status, response.headers.get('Location')]).toEqual([400, null])
  })

  it('C32, C33: is overwritten by a smaller one, while tokens keep their scopes', async () => {
    const both = { scope: 'openid products:read orders:read' }
    const { access_token: token } = await polar.connect(both)
    await polar.connect({ scope: 'openid products:read' })
    expect((await polar.authorize(both)).status).toBe(200)
    expect((await polar.introspect(token))['scope']).toBe(both.scope)
  })

  it('C95: takes the choice only from the form', async () => {
    const denied = await polar.consent({ action: 'deny' }, { action: 'allow' })
    expect(locationOf(denied).searchParams.get('error')).toBe('access_denied')
    const silent = await polar.consent({}, { action: 'allow' })
    expect([silent.status, await silent.json()]).toEqual([
      422,
      {
        error: 'RequestValidationError',
        detail: [{ type: 'missing', loc: ['body', 'action'], msg: 'Field required', input: null }],
      },
    ])
  })

  it('C98: refuses the nonce of a pending code', async () => {
    const request = { nonce: 'n-1' }
    await polar.code(request)
    const again = () => polar.consent({ action: 'allow' }, request)
    await expect
      .poll(async () => Object.fromEntries(locationOf(await again()).searchParams))
      .toEqual({
        error: 'invalid_request',
        error_description: 'Replay attack',
        state: 'the-state',
        iss: polar.url,
      })
  })

  it('C108: needs a person who is signed in', async () => {
    await polar.control('POST', '/sign-out')
    const refused = await polar.consent({ action: 'allow' })
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { error: 'Unauthorized', detail: 'Unauthorized' },
    ])
    expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer realm="polar"')
  })

  it('takes the parameters of the request from the form too', async () => {
    const query = new URLSearchParams(polar.query())
    const state = query.get('state') ?? ''
    query.delete('state')
    const allowed = await polar.post(`/v1/oauth2/consent?${query.toString()}`, {
      action: 'allow',
      state,
    })
    expect(locationOf(allowed).searchParams.get('state')).toBe(state)
  })

  it('C34: keeps the query of the redirect URI', async () => {
    const extra = { redirect_uri: 'https://app.example/other?kept=1' }
    const back = locationOf(await polar.consent({ action: 'allow' }, extra))
    expect([...back.searchParams.keys()]).toEqual(['kept', 'code', 'state', 'iss'])
  })
})

describe('the exchange', () => {
  it('C35: gives tokens for ten days, in both modes', async () => {
    for (const tokens of [
      await polar.connect(),
      await polar.connect({ sub_type: 'organization' }, { organizations: ACME }),
    ]) {
      expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 864_000 })
      expect(tokens.access_token).toMatch(/^polar_at_u_[0-9A-Za-z]{43}$/)
      expect(tokens.refresh_token).toMatch(/^polar_rt_u_[0-9A-Za-z]{43}$/)
    }
  })

  it('C36, C37: accepts only the registered method of the client', async () => {
    const code = await polar.code()
    const { client_id, client_secret } = polar.client
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: polar.codeVerifier,
    }
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
    const byBasic = await polar.post('/v1/oauth2/token', form, { Authorization: basic })
    expect(byBasic.status).toBe(401)
    expect(byBasic.headers.get('WWW-Authenticate')).toMatch(/^Basic error="invalid_client"/)
    const wrong = await polar.exchange(code, { client_secret: 'polar_cs_wrong' })
    expect([wrong.status, (await polar.json(wrong))['error']]).toEqual([401, 'invalid_client'])
    const unknown = await polar.exchange(code, { client_id: 'polar_ci_unknown' })
    expect([unknown.status, (await polar.json(unknown))['error']]).toEqual([400, 'invalid_client'])
    expect((await polar.exchange(code)).status).toBe(200)
  })

  it('C38: does not read JSON', async () => {
    const response = await fetch(`${polar.url}/v1/oauth2/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ grant_type: 'authorization_code', ...polar.client }),
    })
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'unsupported_grant_type' },
    ])
  })

  it('C39: accepts a code for five minutes', async () => {
    const early = await polar.code()
    await polar.advance(298)
    expect((await polar.exchange(early)).status).toBe(200)
    const late = await polar.code()
    await polar.advance(301)
    expect((await polar.json(await polar.exchange(late)))['error']).toBe('invalid_grant')
  })

  it('C40: accepts a code once, and the first tokens stay valid', async () => {
    const code = await polar.code()
    const { access_token: token } = await polar.json(await polar.exchange(code))
    expect(await polar.json(await polar.exchange(code))).toEqual({
      error: 'invalid_grant',
      error_description: "Invalid 'code' in request.",
    })
    expect((await polar.api('/v1/products/', String(token))).status).toBe(200)
  })

  it.each([
    ['C41', { redirect_uri: `${CALLBACK}?x=1` }, "Invalid 'redirect_uri' in request."],
    ['C42', { code_verifier: 'v'.repeat(43) }, 'Code challenge failed.'],
    ['C43', { code_verifier: '' }, "Missing 'code_verifier'"],
  ])('%s: a failed try with %j leaves the code usable', async (_, form, description) => {
    const code = await polar.code()
    expect((await polar.json(await polar.exchange(code, form)))['error_description']).toBe(
      description,
    )
    expect((await polar.exchange(code)).status).toBe(200)
  })

  it('C44: refuses a verifier if there was no challenge', async () => {
    const code = await polar.code({ code_challenge: null, code_challenge_method: null })
    expect((await polar.json(await polar.exchange(code)))['error']).toBe('invalid_request')
  })

  it('C45: accepts a public client with only its verifier', async () => {
    await polar.control('PATCH', `/clients/${polar.client.client_id}`, { auth_method: 'none' })
    const code = await polar.code()
    expect((await polar.exchange(code)).status).toBe(401)
    expect((await polar.exchange(code, { client_secret: '' })).status).toBe(200)
    const bare = await polar.code({ code_challenge: null, code_challenge_method: null })
    expect((await polar.exchange(bare, { client_secret: '', code_verifier: '' })).status).toBe(400)
  })

  it('C47: is refused with a dead bearer token, and the code stays usable', async () => {
    const code = await polar.code()
    const form = { grant_type: 'authorization_code', code, ...polar.client }
    const response = await polar.post('/v1/oauth2/token', form, {
      Authorization: 'Bearer polar_at_u_dead',
    })
    expect([response.status, (await polar.json(response))['error']]).toEqual([401, 'invalid_token'])
    expect((await polar.exchange(code)).status).toBe(200)
  })

  it('C111: has a grant type that only Polar can use', async () => {
    const form = { grant_type: 'web', session_token: 'x', ...polar.client }
    const refused = await polar.post('/v1/oauth2/token', form)
    expect([refused.status, await refused.json()]).toEqual([
      400,
      {
        error: 'unauthorized_client',
        error_description: "The client is not authorized to use 'grant_type=web'",
      },
    ])
  })

  it('reads some parameters from the URL, and secrets only from the form', async () => {
    const { refresh_token: token } = await polar.connect()
    const wider = new URLSearchParams({ grant_type: 'refresh_token', scope: 'openid' })
    const form = { refresh_token: token, scope: 'products:read', ...polar.client }
    const narrowed = await polar.post(`/v1/oauth2/token?${wider.toString()}`, form)
    expect((await polar.json(narrowed))['scope']).toBe('openid')
    const secrets = new URLSearchParams({ refresh_token: 'x', ...polar.client }).toString()
    const refused = await polar.post(`/v1/oauth2/token?${secrets}`, { grant_type: 'refresh_token' })
    expect([refused.status, (await polar.json(refused))['error']]).toEqual([401, 'invalid_client'])
  })

  it('finds a public client by the ID in the URL', async () => {
    await polar.control('PATCH', `/clients/${polar.client.client_id}`, { auth_method: 'none' })
    const { client_id } = polar.client
    const refused = await polar.post(`/v1/oauth2/token?client_id=${client_id}`, {
      grant_type: 'refresh_token',
      refresh_token: 'unknown',
    })
    expect(await refused.json()).toEqual(INVALID_GRANT)
  })

  it('crashes on a secret that is not ASCII', async () => {
    const broken = await polar.refreshAtOnce('unknown', { client_secret: 'pölar_cs_secret' })
    expect([broken.status, await broken.text()]).toEqual([500, 'Internal Server Error'])
    expect(broken.headers.get('Polar-Version')).toBeNull()
  })

  it('C48: gives no ID token without openid', async () => {
    expect(await polar.connect({ scope: 'products:read' })).not.toHaveProperty('id_token')
  })
})

describe('a refresh', () => {
  it('C49, C50: gives tokens for an hour, and ends the old access token', async () => {
    const first = await polar.connect()
    const second = await polar.json(await polar.refresh(first.refresh_token))
    expect(second).toMatchObject({ expires_in: 3600, scope: 'openid products:read' })
    expect(second['refresh_token']).not.toBe(first.refresh_token)
    expect(second).not.toHaveProperty('id_token')
    expect((await polar.api('/v1/products/', first.access_token)).status).toBe(401)
  })

  it('C51: has no grace period, and a replay does not harm the newer tokens', async () => {
    const first = await polar.connect()
    const second = await polar.json(await polar.refresh(first.refresh_token))
    const replay = await polar.refresh(first.refresh_token)
    expect([replay.status, await replay.json()]).toEqual([400, INVALID_GRANT])
    expect((await polar.api('/v1/products/', String(second['access_token']))).status).toBe(200)
  })

  it('C52: works long after the access token expired', async () => {
    const first = await polar.connect()
    await polar.advance(40 * 86_400)
    expect((await polar.refresh(first.refresh_token)).status).toBe(200)
  })

  it('C53, C54: can only narrow the scopes, for good', async () => {
    const { refresh_token: first } = await polar.connect()
    const wider = await polar.refresh(first, { scope: 'openid products:read orders:read' })
    expect((await polar.json(wider))['error']).toBe('invalid_scope')
    const narrow = await polar.json(await polar.refresh(first, { scope: 'openid' }))
    expect(narrow['scope']).toBe('openid')
    const again = await polar.refresh(String(narrow['refresh_token']), { scope: 'products:read' })
    expect((await polar.json(again))['error']).toBe('invalid_scope')
  })

  it('can be more lenient than Polar', async () => {
    const first = await polar.connect()
    await polar.control('PATCH', '/settings', { rotate_refresh_tokens: false })
    const same = await polar.json(await polar.refresh(first.refresh_token))
    expect(same['refresh_token']).toBe(first.refresh_token)
    expect(same['access_token']).not.toBe(first.access_token)
    const kinder = { rotate_refresh_tokens: true, reject_reused_refresh_tokens: false }
    await polar.control('PATCH', '/settings', kinder)
    await polar.refresh(first.refresh_token)
    const again = await polar.json(await polar.refresh(first.refresh_token))
    expect(again['expires_in']).toBe(3600)
    const newest = String(again['refresh_token'])
    await polar.revoke(newest)
    expect(await polar.json(await polar.refresh(newest))).toEqual(INVALID_GRANT)
  })

  it('C56: keeps the organization', async () => {
    const first = await polar.connect({ sub_type: 'organization' }, { organizations: NORD })
    const second = await polar.json(await polar.refresh(first.refresh_token))
    const state = await polar.introspect(String(second['access_token']))
    expect(state['organizations']).toEqual([NORD])
  })
})

describe('id_token and userinfo', () => {
  it('C57, C58, C59: an ID token without a key ID verifies with the published key', async () => {
    const { id_token: token = '' } = await polar.connect({ nonce: 'n-1', scope: 'openid email' })
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'JWT', alg: 'RS256' })
    const keys = (await polar.json(
      await polar.get('/.well-known/jwks.json'),
    )) as unknown as JSONWebKeySet
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys))
    expect(payload).toMatchObject({
      iss: polar.url,
      aud: [polar.client.client_id],
      nonce: 'n-1',
      sub: ADA,
      email: 'ada@example.com',
      email_verified: true,
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600)
    expect(payload['at_hash']).toMatch(/^[\w-]{22}$/)
  })

  it('C60, C61, C62: describe the person in every mode, within the scopes', async () => {
    const organization = { sub_type: 'organization' }
    const chosen = { organizations: ACME }
    const userinfo = async (token: string) => (await polar.api('/v1/oauth2/userinfo', token)).json()
    const plain = await polar.connect({ ...organization, scope: 'products:read' }, chosen)
    expect(await userinfo(plain.access_token)).toEqual({ sub: ADA })
    const named = await polar.connect({ ...organization, scope: 'openid profile email' }, chosen)
    expect(await userinfo(named.access_token)).toEqual({
      sub: ADA,
      email: 'ada@example.com',
      email_verified: true,
    })
  })
})

describe('introspect and revoke', () => {
  it('C63: returns the organizations, and none for an unlimited token', async () => {
    const user = await polar.introspect((await polar.connect()).access_token)
    expect(user).toMatchObject({
      active: true,
      token_type: 'Bearer',
      aud: polar.client.client_id,
      organizations: [],
      sub: ADA,
    })
    const narrow = await polar.connect({ sub_type: 'organization' }, { organizations: ACME })
    expect((await polar.introspect(narrow.access_token))['organizations']).toEqual([ACME])
  })

  it('C64, C65: reports an expired token as inactive, although it can still be refreshed', async () => {
    expect(await polar.introspect('polar_at_u_unknown')).toEqual({ active: false })
    const { refresh_token: token } = await polar.connect()
    await polar.advance(864_001)
    expect(await polar.introspect(token)).toEqual({ active: false })
    expect((await polar.refresh(token)).status).toBe(200)
  })

  it('C66: ends both tokens with either one', async () => {
    const tokens = await polar.connect()
    const response = await polar.revoke(tokens.access_token, { token_type_hint: 'access_token' })
    expect([response.status, await response.json()]).toEqual([200, {}])
    expect(await polar.json(await polar.refresh(tokens.refresh_token))).toEqual(INVALID_GRANT)
  })

  it('C67, C68: does nothing with a wrong hint, and refuses an unknown one', async () => {
    const tokens = await polar.connect()
    const wrong = await polar.revoke(tokens.refresh_token, { token_type_hint: 'access_token' })
    expect([wrong.status, await wrong.json()]).toEqual([200, {}])
    expect((await polar.api('/v1/products/', tokens.access_token)).status).toBe(200)
    expect(await polar.json(await polar.revoke('unknown'))).toEqual({})
    const bad = await polar.revoke(tokens.refresh_token, { token_type_hint: 'cookie' })
    expect([bad.status, await bad.json()]).toEqual([401, { error: 'unsupported_token_type' }])
  })

  it('C69: needs a secret, by any method', async () => {
    const { client_id, client_secret } = polar.client
    const bare = await polar.post('/v1/oauth2/revoke', { token: 'x', client_id })
    expect([bare.status, (await polar.json(bare))['error']]).toEqual([401, 'invalid_client'])
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
    const byBasic = await polar.post('/v1/oauth2/revoke', { token: 'x' }, { Authorization: basic })
    expect(byBasic.status).toBe(200)
  })

  it('C70: keeps the consent record', async () => {
    const { refresh_token: token } = await polar.connect()
    await polar.revoke(token, { token_type_hint: 'refresh_token' })
    expect(locationOf(await polar.authorize()).searchParams.has('code')).toBe(true)
  })
})
