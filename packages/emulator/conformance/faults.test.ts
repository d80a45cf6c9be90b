/** Faults, over HTTP and without a socket. */
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  type JSONWebKeySet,
} from 'jose'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { PRESETS } from '../src/faults/presets.ts'
import { CALLBACK, startPolar, type Polar, type TokenAnswer } from './polar.ts'

let polar: Polar
beforeEach(async () => {
  polar = await startPolar()
})
afterEach(() => polar.close())

const fault = (rule: object) => polar.control('POST', '/faults', rule)
const preset = (name: string) => polar.control('POST', `/faults/presets/${name}`)
const statusOf = async (path: string) => (await polar.get(path)).status
const PRODUCTS = '/v1/products/'

/** A refresh that the caller aborts. */
function begin(token: string) {
  const controller = new AbortController()
  const form = { grant_type: 'refresh_token', refresh_token: token, ...polar.client }
  const { signal } = controller
  const init = { method: 'POST', body: new URLSearchParams(form), signal }
  const pending = fetch(`${polar.url}/v1/oauth2/token`, init)
  // The test awaits it only after the abort.
  pending.catch(() => undefined)
  return { pending, giveUp: () => controller.abort() }
}

async function log(query = '') {
  const body = await polar.json(await polar.get(`/_emulator/requests${query}`))
  return body['items'] as { status: number; note: string; path: string }[]
}

describe('a fault', () => {
  it('replaces the answer with its own status, headers and body', async () => {
    await fault({ path_contains: '/products', status: 503, headers: { 'X-By': 'f' }, body: 'no' })
    const response = await polar.get(PRODUCTS)
    expect([response.status, response.headers.get('X-By'), await response.text()]).toEqual([
      503,
      'f',
      'no',
    ])
    expect(await statusOf('/v1/organizations/')).toBe(401)
  })

  it('appears in the request log', async () => {
    await fault({ status: 418, times: 1 })
    await polar.get(PRODUCTS)
    expect((await log())[0]).toMatchObject({ status: 418, note: 'Fault: status 418' })
  })

  it('counts as an error in the request log if it leaves no answer', async () => {
    await fault({ kind: 'drop', times: 1 })
    await polar.get(PRODUCTS).catch(() => undefined)
    await polar.get('/.well-known/jwks.json')
    expect((await log('?errors=1')).map(({ status }) => status)).toEqual([0])
  })

  it('hits a given number of requests, of one method', async () => {
    await fault({ method: 'get', status: 500, times: 2 })
    expect((await polar.post(PRODUCTS, {})).status).not.toBe(500)
    const statuses = [await statusOf(PRODUCTS), await statusOf(PRODUCTS), await statusOf(PRODUCTS)]
    expect(statuses).toEqual([500, 500, 401])
  })

  it('lets a given number of requests pass first', async () => {
    await fault({ status: 429, headers: { 'Retry-After': '2' }, skip: 2, times: 1 })
    const statuses: number[] = []
    for (let count = 0; count < 4; count += 1) statuses.push(await statusOf(PRODUCTS))
    expect(statuses).toEqual([401, 401, 429, 401])
  })

  it('hits the same requests for the same seed', async () => {
    const run = async (seed: number) => {
      await fault({ status: 500, probability: 0.5, seed })
      const statuses: number[] = []
      for (let count = 0; count < 20; count += 1) statuses.push(await statusOf(PRODUCTS))
      await polar.control('DELETE', '/faults')
      return statuses
    }
    const first = await run(7)
    expect(new Set(first)).toEqual(new Set([500, 401]))
    expect(await run(7)).toEqual(first)
    expect(await run(8)).not.toEqual(first)
  })

  it('delays the real answer', async () => {
    await fault({ delay_ms: 60 })
    const startedAt = performance.now()
    expect(await statusOf(PRODUCTS)).toBe(401)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59)
  })

  it('is turned off alone, or with all others', async () => {
    await fault({ status: 500 })
    await fault({ status: 501 })
    const { items } = await polar.json(await polar.get('/_emulator/faults'))
    await polar.control('DELETE', `/faults/${(items as { id: string }[])[0]?.id}`)
    expect(await statusOf(PRODUCTS)).toBe(501)
    await polar.control('DELETE', '/faults')
    expect(await statusOf(PRODUCTS)).toBe(401)
    await expect(polar.control('DELETE', '/faults/none')).rejects.toThrow('No such fault')
  })

  it('is refused if its form is not valid', async () => {
    await expect(fault({ kind: 'earthquake' })).rejects.toThrow('The body is not valid')
  })

  it('ends with a reset', async () => {
    await fault({ status: 500 })
    await polar.control('POST', '/reset')
    expect(await statusOf(PRODUCTS)).toBe(401)
  })
})

describe('a connection', () => {
  it('is dropped before the request is handled, and the log shows no status', async () => {
    const code = await polar.code()
    await fault({ kind: 'drop', path_contains: '/token', times: 1 })
    await expect(polar.exchange(code)).rejects.toThrow('fetch failed')
    expect((await log())[0]).toMatchObject({ status: 0, note: 'Fault: drop' })
    expect((await polar.exchange(code)).status).toBe(200)
  })

  it('is dropped after the rotation, so that the tokens are lost', async () => {
    const { refresh_token: token, access_token: access } = await polar.connect()
    await preset('answer-lost')
    await expect(polar.refresh(token)).rejects.toThrow('fetch failed')
    await expect.poll(async () => (await polar.api(PRODUCTS, access)).status).toBe(401)
    expect(await polar.json(await polar.refresh(token))).toEqual({ error: 'invalid_grant' })
  })

  it('hangs silently after the change is made', async () => {
    const { refresh_token: token } = await polar.connect()
    await fault({ kind: 'hang', after_commit: true, grant_type: 'refresh_token', times: 1 })
    const { pending, giveUp } = begin(token)
    await expect
      .poll(async () => (await log())[0]?.note)
      .toBe('Fault: answer lost (Refresh token exchanged)')
    await expect.poll(async () => (await polar.introspect(token))['active']).toBe(false)
    giveUp()
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
    expect((await polar.refresh(token)).status).toBe(400)
  })

  it('breaks in the middle of the answer', async () => {
    const { access_token: token } = await polar.connect()
    await fault({ kind: 'truncated', path_contains: '/products' })
    const response = await polar.api(PRODUCTS, token)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  it('hangs until the caller gives up', async () => {
    await fault({ kind: 'hang' })
    const pending = fetch(polar.url + PRODUCTS, { signal: AbortSignal.timeout(50) })
    await expect(pending).rejects.toMatchObject({ name: 'TimeoutError' })
    expect((await log())[0]).toMatchObject({ status: 0, note: 'Fault: hang' })
  })

  it('is dropped and hangs without a socket too', async () => {
    const emulator = createEmulator()
    const send = (path: string, init?: RequestInit) =>
      emulator.fetch(new Request(`http://polar.test${path}`, init))
    const body = JSON.stringify({ kind: 'drop', times: 1 })
    await send('/_emulator/faults', { method: 'POST', body })
    await expect(send(PRODUCTS)).rejects.toThrow('connection dropped')
    expect((await send(PRODUCTS)).status).toBe(401)
    await send('/_emulator/faults', { method: 'POST', body: JSON.stringify({ kind: 'hang' }) })
    const controller = new AbortController()
    const pending = send(PRODUCTS, { signal: controller.signal })
    controller.abort()
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a refresh', () => {
  const settings = (body: object) => polar.control('PATCH', '/settings', body)
  const counters = async () => polar.json(await polar.get('/_emulator/counters'))
  it('answers with the error of a proxy after the rotation', async () => {
    // No retries: each would count as a request.
    await settings({ commit_delay_ms: [0, 0] })
    const { refresh_token: token } = await polar.connect()
    await fault({ grant_type: 'refresh_token', kind: 'html', after_commit: true, times: 1 })
    expect((await polar.refresh(token)).status).toBe(502)
    await expect.poll(async () => (await polar.introspect(token))['active']).toBe(false)
    expect((await polar.refresh(token)).status).toBe(400)
    expect(await counters()).toEqual({
      exchanges: 1,
      refreshes: 1,
      invalid_grants: 1,
      revocations: 0,
    })
  })

  it('is done before its late answer', async () => {
    const { refresh_token: token, access_token: access } = await polar.connect()
    await fault({ grant_type: 'refresh_token', delay_after_ms: 600_000 })
    const { pending, giveUp } = begin(token)
    await expect.poll(async () => (await polar.api(PRODUCTS, access)).status).toBe(401)
    giveUp()
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('gives tokens that are unknown for a moment', async () => {
    const { refresh_token: token, access_token: old } = await polar.connect()
    await fault({ grant_type: 'refresh_token', commit_after_ms: 600_000, times: 1 })
    const next = await polar.json(await polar.refreshAtOnce(token))
    const [access, refresh] = [String(next['access_token']), String(next['refresh_token'])]
    expect((await polar.api(PRODUCTS, access)).status).toBe(401)
    expect((await polar.api(PRODUCTS, old)).status).toBe(200)
    expect(await polar.introspect(access)).toEqual({ active: false })
    await polar.advance(601)
    expect((await polar.api(PRODUCTS, old)).status).toBe(401)
    expect((await polar.api(PRODUCTS, access)).status).toBe(200)
    expect((await polar.refresh(refresh)).status).toBe(200)
  })

  it('can be repeated within the grace period, and not a second later', async () => {
    await settings({ refresh_grace_seconds: 30 })
    const { refresh_token: token } = await polar.connect()
    await polar.refresh(token)
    await polar.advance(28)
    expect((await polar.refresh(token)).status).toBe(200)
    await polar.advance(30)
    expect((await polar.refresh(token)).status).toBe(400)
  })
})

describe('an answer', () => {
  const answer = async (kind: string) => {
    await fault({ kind })
    return polar.get(PRODUCTS)
  }

  it('is malformed', async () => {
    await expect((await answer('malformed')).json()).rejects.toThrow(SyntaxError)
  })

  it('is empty', async () => {
    expect(await (await answer('empty')).text()).toBe('')
  })

  it('is the error page of a proxy', async () => {
    const response = await answer('html')
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      502,
      'text/html; charset=utf-8',
    ])
  })

  it('redirects to another host', async () => {
    const response = await answer('redirect')
    expect([response.status, response.headers.get('Location')]).toEqual([
      307,
      'https://elsewhere.invalid/',
    ])
  })

  it('never ends', async () => {
    const reader = (await answer('endless')).body?.getReader()
    let bytes = 0
    while (bytes < 1_000_000) bytes += (await reader?.read())?.value?.byteLength ?? Infinity
    await reader?.cancel()
    expect(bytes).toBeLessThan(Infinity)
  })

  it('is a thousand times larger than its compressed form', async () => {
    const emulator = createEmulator()
    const send = (path: string, init?: RequestInit) =>
      emulator.fetch(new Request(`http://polar.test${path}`, init))
    const body = JSON.stringify({ kind: 'gzip_bomb' })
    await send('/_emulator/faults', { method: 'POST', body })
    const response = await send(PRODUCTS)
    expect(response.headers.get('Content-Encoding')).toBe('gzip')
    const packed = Buffer.from(await response.arrayBuffer())
    expect(gunzipSync(packed).byteLength / packed.byteLength).toBeGreaterThan(500)
  })

  it('has an unknown status', async () => {
    const { access_token: token } = await polar.connect({ scope: 'organizations:read' })
    await preset('unknown-status-value')
    const { items } = await polar.json(await polar.api('/v1/organizations/', token))
    expect((items as { status: string }[])[0]?.status).toBe('unheard_of')
  })
})

describe('the callback', () => {
  const back = (response: Response) =>
    Object.fromEntries(new URL(response.headers.get('Location') ?? '').searchParams)

  it('has another state', async () => {
    await preset('state-altered')
    expect(back(await polar.consent({ action: 'allow' }))['state']).toBe('the-state-altered')
  })

  it('has no state', async () => {
    await fault({ callback: 'missing_state' })
    expect(back(await polar.consent({ action: 'deny' }))).not.toHaveProperty('state')
  })

  it.each(['server_error', 'temporarily_unavailable'])('has the error %s', async (error) => {
    await preset(`authorization-${error.replace('_', '-')}`)
    const page = await polar.get(`/oauth2/authorize?${polar.query()}`)
    expect(page.headers.get('Location')).toContain(CALLBACK)
    expect(back(page)).toEqual({ error, state: 'the-state' })
  })

  it('goes only to registered addresses', async () => {
    await preset('authorization-server-error')
    const query = polar.query({ redirect_uri: 'https://elsewhere.example/' })
    expect((await polar.get(`/oauth2/authorize?${query}`)).status).toBe(200)
  })
})

describe('an ID token', () => {
  const expected = () => ({
    issuer: polar.url,
    audience: polar.client.client_id,
    algorithms: ['RS256'],
  })
  const keys = async () =>
    (await (await polar.get('/.well-known/jwks.json')).json()) as JSONWebKeySet
  const issue = async (id_token?: string) => {
    if (id_token !== undefined) await fault({ id_token, times: 1 })
    return (await polar.connect({ nonce: 'n-1' })).id_token ?? ''
  }

  it.each([
    ['audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['expired', 'ERR_JWT_EXPIRED'],
    ['alg_none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['hs256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['es256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['unknown_key', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ])('with the fault %s is refused by a careful client', async (name, code) => {
    const token = await issue(name)
    const jwks = createLocalJWKSet(await keys())
    await expect(jwtVerify(token, jwks, expected())).rejects.toMatchObject({ code })
    await jwtVerify(await issue(), jwks, expected())
  })

  it('has another nonce', async () => {
    expect(decodeJwt(await issue('nonce'))['nonce']).toBe('another-nonce')
  })

  it('is signed with a published key that is too short', async () => {
    const token = await issue('weak_key')
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'JWT', alg: 'RS256' })
    const weak = (await keys()).keys.find(({ n = '' }) => n.length < 200)
    expect(weak).toBeDefined()
    const verified = jwtVerify(token, createLocalJWKSet({ keys: weak ? [weak] : [] }), expected())
    await expect(verified).rejects.toThrow('2048')
  })

  it('stays valid after a key rotation only if the old key is kept', async () => {
    const verify = async (token: string) =>
      Promise.any(
        (await keys()).keys.map((key) =>
          jwtVerify(token, createLocalJWKSet({ keys: [key] }), expected()),
        ),
      )
    const token = await issue()
    await polar.control('POST', '/keys/rotate', {})
    await verify(token)
    await polar.control('POST', '/keys/rotate', { keep_old: false })
    await expect(verify(token)).rejects.toThrow(AggregateError)
    await verify(await issue())
  })
})

describe('the presets', () => {
  it('can each be turned on by name, but only once', async () => {
    for (const { slug } of PRESETS) await preset(slug)
    await preset('clock-off')
    const { items } = await polar.json(await polar.get('/_emulator/faults'))
    expect((items as { preset: string }[]).map((item) => item.preset).toSorted()).toEqual(
      PRESETS.map(({ slug }) => slug).toSorted(),
    )
  })

  const offset = async () =>
    (await polar.json(await polar.get('/_emulator/clock')))['offset_seconds']

  it('shift the clock, and shift it back', async () => {
    await preset('clock-off')
    expect(await offset()).toBe(300)
    await polar.control('DELETE', '/faults')
    expect(await offset()).toBe(0)
  })

  it.each([
    ['reset', () => ({ reset: true }), 0],
    ['moved', () => ({ advance_seconds: 60 }), 60],
    ['set', () => ({ now: new Date(Date.now() + 60_000).toISOString() }), 60],
  ])('shift a clock that is %s meanwhile, and shift it back', async (_, body, moved) => {
    await preset('clock-off')
    await polar.control('POST', '/clock', body())
    expect(await offset()).toBe(300 + moved)
    await polar.control('DELETE', '/faults')
    expect(await offset()).toBe(moved)
  })

  const status = (answer: Response) => answer.status
  const orders = () => polar.api('/v1/orders/', token).then(status)
  const exchange = async () => (await polar.exchangeAtOnce(code)).status
  const refresh = async () => (await polar.refreshAtOnce(refreshToken)).status
  const callback = async () => {
    const answer = await polar.consent({ action: 'allow' }, { prompt: 'consent' })
    return new URL(answer.headers.get('Location') ?? '').searchParams
  }
  const error = async () => {
    const page = await polar.get(`/oauth2/authorize?${polar.query()}`)
    return new URL(page.headers.get('Location') ?? '').searchParams.get('error')
  }
  const idToken = async () =>
    ((await (await polar.exchangeAtOnce(code)).json()) as TokenAnswer).id_token ?? ''
  const signature = async () => {
    const jwks = createLocalJWKSet(
      (await polar.json(await polar.get('/.well-known/jwks.json'))) as unknown as JSONWebKeySet,
    )
    return jwtVerify(await idToken(), jwks).then(
      () => 'good',
      (cause: Error) => cause.name,
    )
  }
  const dropped = (call: Promise<unknown>) =>
    call.then(
      () => false,
      () => true,
    )
  const duration = async (call: () => Promise<unknown>) => {
    const start = performance.now()
    await call()
    return performance.now() - start
  }
  const wish = { scope: 'openid orders:read', prompt: 'consent' }
  let token: string
  let refreshToken: string
  let code: string

  /** What each preset does over HTTP. The tests of an app check its texts. */
  const PROMISES: Readonly<Record<string, () => Promise<unknown>>> = {
    'polar-is-down': async () => expect([await orders(), await exchange()]).toEqual([503, 503]),
    'slow-answers': async () => expect(await duration(orders)).toBeGreaterThan(7900),
    'rate-limit': async () => {
      const answer = await polar.api('/v1/orders/', token)
      expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '20'])
      expect(await exchange()).toBe(200)
    },
    'drop-connections': async () => expect(await dropped(orders())).toBe(true),
    'token-endpoint-fails': async () =>
      expect([await exchange(), await orders()]).toEqual([500, 200]),
    'code-already-used': async () =>
      expect([await exchange(), await refresh()]).toEqual([400, 200]),
    'code-expired': async () => expect([await exchange(), await refresh()]).toEqual([400, 200]),
    'wrong-client-secret': async () =>
      expect([await exchange(), await refresh()]).toEqual([401, 401]),
    'authorization-server-error': async () => expect(await error()).toBe('server_error'),
    'authorization-temporarily-unavailable': async () =>
      expect(await error()).toBe('temporarily_unavailable'),
    'state-altered': async () => expect((await callback()).get('state')).toBe('the-state-altered'),
    'permission-missing': async () => {
      const answer = await polar.api('/v1/orders/', token)
      expect(await answer.json()).toMatchObject({ error: 'insufficient_scope' })
    },
    'not-permitted': async () => expect(await orders()).toBe(403),
    'not-found': async () => {
      const answer = await polar.api('/v1/orders/', token)
      // Without the version header, this answer would mean that the version is gone.
      expect([answer.status, answer.headers.get('Polar-Version')]).toEqual([404, '2026-10'])
    },
    conflict: async () => expect(await orders()).toBe(409),
    'validation-error': async () => expect(await orders()).toBe(422),
    'malformed-json': async () =>
      expect(await dropped((await polar.api('/v1/orders/', token)).json())).toBe(true),
    'unknown-status-value': async () => {
      const { items } = await polar.json(await polar.api('/v1/orders/', token))
      expect(new Set((items as { status: string }[]).map((order) => order.status))).toEqual(
        new Set(['unheard_of']),
      )
    },
    'clock-off': async () => {
      code = await polar.code(wish)
      const ahead = Number(decodeJwt(await idToken()).iat) - Date.now() / 1000
      expect(ahead).toBeGreaterThan(290)
      expect(await orders()).toBe(200)
    },
    'answer-lost': async () => {
      expect(await dropped(refresh())).toBe(true)
      expect(await refresh()).toBe(400)
    },
    'answer-late': async () => expect(await duration(refresh)).toBeGreaterThan(4900),
    'tokens-known-late': async () => {
      const answer = await polar.exchangeAtOnce(code)
      const { access_token } = (await answer.json()) as TokenAnswer
      expect((await polar.api('/v1/orders/', access_token)).status).toBe(401)
      await polar.advance(3)
      expect((await polar.api('/v1/orders/', access_token)).status).toBe(200)
    },
    'id-token-of-another-client': async () =>
      expect(decodeJwt(await idToken()).aud).not.toContain(polar.client.client_id),
    'id-token-of-another-key': async () => expect(await signature()).not.toBe('good'),
  }

  it.each(PRESETS.map(({ slug }) => slug))('do what they promise: %s', async (slug) => {
    await polar.control('PATCH', '/settings', { commit_delay_ms: [0, 0] })
    const pair = await polar.connect(wish)
    token = pair.access_token
    refreshToken = pair.refresh_token
    code = await polar.code(wish)
    await preset(slug)
    const promise = PROMISES[slug]
    expect(promise, 'a test of what it promises').toBeDefined()
    await promise?.()
  })

  it('hit the code only at the exchange', async () => {
    const { refresh_token: token } = await polar.connect()
    await preset('code-already-used')
    expect((await polar.exchangeAtOnce(await polar.code())).status).toBe(400)
    expect((await polar.refresh(token)).status).toBe(200)
  })
})
