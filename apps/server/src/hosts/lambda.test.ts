/** The Lambda entry in the same process, because a gateway would hide when work ends. */
import { randomBytes } from 'node:crypto'
import { createEmulator, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { WholeAnswer } from './lambda.ts'
import type { HttpEvent } from './lambda-event.ts'

const ORIGIN = 'https://app.example'
const VERIFIER = 'v'.repeat(43)
const CHALLENGE = Buffer.from(
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode(VERIFIER)),
).toString('base64url')

const emulator = createEmulator({ redirectUris: [`${ORIGIN}/auth/callback`] })
let close: () => Promise<void>
let handler: (event: HttpEvent) => Promise<WholeAnswer>

beforeAll(async () => {
  const listening = await emulator.listen()
  close = listening.close
  const env = {
    APP_ORIGIN: ORIGIN,
    POLAR_SERVER: listening.url,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    SESSION_SECRETS: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'silent',
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  ;({ handler } = await import('./lambda.ts'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await close()
})

/** A browser that calls the function and keeps cookies. */
function createCaller() {
  const jar = new Map<string, string>()
  return async (path: string, body: object) => {
    const answer = await handler({
      rawPath: path,
      rawQueryString: '',
      cookies: [...jar].map(([name, value]) => `${name}=${value}`),
      headers: { 'x-csrf': '1', origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' } },
    })
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return JSON.parse(Buffer.from(answer.body, 'base64').toString()) as Record<string, string>
  }
}

async function signIn(call: ReturnType<typeof createCaller>): Promise<void> {
  const challenge = { code_challenge: CHALLENGE, code_challenge_method: 'S256', subject: 'user' }
  const { authorization_url: address = '' } = await call('/bff/authorize', challenge)
  const { origin, search } = new URL(address)
  const pressed = await fetch(`${origin}/v1/oauth2/consent${search}`, {
    method: 'POST',
    body: new URLSearchParams({ action: 'allow' }),
    redirect: 'manual',
  })
  const { searchParams } = new URL(pressed.headers.get('Location') ?? '')
  const answer = await call('/bff/callback', {
    ...Object.fromEntries(searchParams),
    code_verifier: VERIFIER,
  })
  expect(answer).toHaveProperty('session')
}

describe('the Lambda handler', () => {
  it('S43: finishes its work before its answer, because Lambda freezes the process then', async () => {
    const call = createCaller()
    await signIn(call)
    const control = (path: string, init?: RequestInit) =>
      emulator.fetch(new Request(`http://127.0.0.1/_emulator${path}`, init))
    await control('/faults', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ path_contains: '/oauth2/revoke', delay_ms: 100, times: 1 }),
    })
    // The second sign-in ends the earlier connection after its answer.
    await signIn(call)
    const { items } = (await (await control('/grants')).json()) as {
      items: { refresh_token: { live: boolean } }[]
    }
    expect(items.filter(({ refresh_token: token }) => token.live)).toHaveLength(1)
    expect(items).toHaveLength(2)
  })
})
