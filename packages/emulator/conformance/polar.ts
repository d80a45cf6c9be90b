/** An HTTP client of a server that behaves like Polar, for the conformance tests. */
import { createHash, randomBytes } from 'node:crypto'
import {
  createEmulator,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type EmulatorOptions,
} from '../src/index.ts'

export const ACME = '1dbfc517-0bbf-4301-9ba8-555ca42b9731'
export const NORD = '1dbfc517-0bbf-4301-9ba8-555ca42b9732'
export const UMAS_SHOP = '1dbfc517-0bbf-4301-9ba8-555ca42b9734'
export const ADA = '7b0d6e0e-6f0f-4d0a-9a3e-0d5d2f8f1c11'
export const CALLBACK = 'https://app.example/auth/callback'

export interface TokenAnswer {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly token_type: string
  readonly scope?: string
  readonly id_token?: string
}

export type Polar = ReturnType<typeof createPolarClient>

export async function startPolar(options: EmulatorOptions = {}): Promise<Polar> {
  const emulator = createEmulator({
    redirectUris: [CALLBACK, 'https://app.example/other?kept=1'],
    commitDelayMs: [0, 10],
    ...options,
  })
  const { url, close } = await emulator.listen()
  return createPolarClient(url, close)
}

/** Polar answers before it commits: retries for two seconds, and returns the last answer. */
async function untilCommitted<Answer>(
  ask: () => Promise<Answer>,
  isSettled: (answer: Answer) => boolean | Promise<boolean>,
): Promise<Answer> {
  const end = Date.now() + 2000
  for (let pause = 5; ; pause = Math.min(2 * pause, 400)) {
    const answer = await ask()
    if (Date.now() > end || (await isSettled(answer))) return answer
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

async function isUnknownCode(response: Response): Promise<boolean> {
  const body = (await response.clone().json()) as Record<string, unknown>
  return body['error_description'] === "Invalid 'code' in request."
}

/** @param close stops the server, if the test started it. */
export function createPolarClient(url: string, close: () => Promise<void>) {
  const codeVerifier = randomBytes(32).toString('base64url')

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { redirect: 'manual', headers })
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(form),
    })
  const postJson = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const json = async (response: Response) => (await response.json()) as Record<string, unknown>
  const client = { client_id: DEFAULT_CLIENT_ID, client_secret: DEFAULT_CLIENT_SECRET }

  function query(extra: Record<string, string | null> = {}): string {
    const parameters: Record<string, string | null> = {
      response_type: 'code',
      client_id: DEFAULT_CLIENT_ID,
      redirect_uri: CALLBACK,
      scope: 'openid products:read',
      state: 'the-state',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...extra,
    }
    const given = Object.entries(parameters).filter((entry) => entry[1] !== null)
    return new URLSearchParams(given as [string, string][]).toString()
  }

  const authorize = (extra?: Record<string, string | null>) =>
    get(`/v1/oauth2/authorize?${query(extra)}`)
  const consent = (form: Record<string, string>, extra?: Record<string, string | null>) =>
    post(`/v1/oauth2/consent?${query(extra)}`, form)

  async function code(extra?: Record<string, string | null>, form: Record<string, string> = {}) {
    const response = await consent({ action: 'allow', ...form }, extra)
    const location = new URL(response.headers.get('Location') ?? '')
    const value = location.searchParams.get('code') ?? ''
    fresh.add(value)
    return value
  }
  /** Without retries: new codes and tokens may still be unknown (C109, C110). */
  const exchangeAtOnce = (value: string, form: Record<string, string> = {}) =>
    post('/v1/oauth2/token', {
      grant_type: 'authorization_code',
      code: value,
      redirect_uri: CALLBACK,
      code_verifier: codeVerifier,
      ...client,
      ...form,
    })
  const refreshAtOnce = (token: string, form: Record<string, string> = {}) =>
    post('/v1/oauth2/token', {
      grant_type: 'refresh_token',
      refresh_token: token,
      ...client,
      ...form,
    })
  const revokeAtOnce = (token: string, form: Record<string, string> = {}) =>
    post('/v1/oauth2/revoke', { token, ...client, ...form })

  /** Codes of {@link code} before their exchange. A refusal can mean that they are not committed. */
  const fresh = new Set<string>()

  /** Retries while the code may be unknown. Returns once its tokens are known. */
  async function exchange(value: string, form: Record<string, string> = {}) {
    const response = await untilCommitted(
      () => exchangeAtOnce(value, form),
      async (answer) => !fresh.has(value) || !(await isUnknownCode(answer)),
    )
    return known(response, form)
  }
  /** The same, for a new code that was issued without a screen. */
  const exchangeFresh = (value: string) => {
    fresh.add(value)
    return exchange(value)
  }
  /** Returns once the new tokens are known. */
  const refresh = async (token: string, form: Record<string, string> = {}) =>
    known(await refreshAtOnce(token, form), form)

  async function known(response: Response, form: Record<string, string>) {
    if (response.status !== 200) return response
    const { access_token: token } = await json(response.clone())
    if ((await introspectAs(form, String(token))) === undefined) return response
    await untilCommitted(
      () => introspectAs(form, String(token)),
      (state) => state?.['active'] === true,
    )
    return response
  }

  /** Does nothing for a public client: it cannot introspect. */
  async function introspectAs(form: Record<string, string>, token: string) {
    const { client_id = client.client_id, client_secret = client.client_secret } = form
    const response = await post('/v1/oauth2/introspect', { token, client_id, client_secret })
    return response.status === 200 ? json(response) : undefined
  }

  /** Returns once the tokens have ended, if the call can end them. */
  async function revoke(token: string, form: Record<string, string> = {}) {
    const response = await revokeAtOnce(token, form)
    const half = token.startsWith('polar_rt_') ? 'refresh_token' : 'access_token'
    const { token_type_hint: hint = half } = form
    if (response.status === 200 && hint === half) {
      await untilCommitted(
        () => introspectAs(form, token),
        (state) => state?.['active'] !== true,
      )
    }
    return response
  }
  async function connect(extra?: Record<string, string | null>, form?: Record<string, string>) {
    return (await (await exchange(await code(extra, form))).json()) as TokenAnswer
  }
  const introspect = async (token: string) =>
    json(await post('/v1/oauth2/introspect', { token, ...client }))
  const api = (path: string, token: string) => get(path, { Authorization: `Bearer ${token}` })
  const send = (method: string, path: string, token: string, body?: unknown) =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    if (!response.ok) throw new Error(await response.text())
  }
  /** Registers a client and waits until it is known (C106). */
  async function register(metadata: Record<string, unknown>) {
    const response = await postJson('/v1/oauth2/register', metadata)
    const registered = (await response.json()) as Record<string, string>
    const { client_id = '', client_secret = '', registration_access_token = '' } = registered
    const path = `/v1/oauth2/register/${client_id}`
    const token = { Authorization: `Bearer ${registration_access_token}` }
    await untilCommitted(
      () => get(path, token),
      (answer) => answer.status === 200,
    )
    return { client: { client_id, client_secret }, path, token }
  }
  /** Creates an access token without a sign-in. Without organizations, it has all of the person's. */
  const mint = async (person: string, scopes: string[], organizations: string[] = []) => {
    const response = await fetch(`${url}/_emulator/grants`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ person, scopes, organizations }),
    })
    return ((await response.json()) as TokenAnswer).access_token
  }
  const advance = (seconds: number) => control('POST', '/clock', { advance_seconds: seconds })

  return {
    url,
    close,
    codeVerifier,
    client,
    get,
    post,
    postJson,
    json,
    query,
    authorize,
    consent,
    code,
    exchange,
    exchangeAtOnce,
    exchangeFresh,
    refresh,
    refreshAtOnce,
    connect,
    introspect,
    revoke,
    revokeAtOnce,
    api,
    send,
    control,
    register,
    mint,
    advance,
  }
}
