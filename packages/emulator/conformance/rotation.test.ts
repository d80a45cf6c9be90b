/** In any order of events, a refresh token has one successor, and ended tokens never work again. */
import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  createClock,
  createEmulator,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
} from '../src/index.ts'

const CALLBACK = 'https://app.example/callback'
const VERIFIER = 'v'.repeat(43)
const CLIENT = { client_id: DEFAULT_CLIENT_ID, client_secret: DEFAULT_CLIENT_SECRET }
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

interface IssuedPair {
  readonly access: string
  readonly refresh: string
  /** Epoch seconds, from the answer. */
  readonly expiresAt: number
  ended: boolean
}

type Step =
  | { readonly do: 'authorize' }
  | {
      readonly do: 'exchange' | 'refresh' | 'revoke'
      readonly which: number
      readonly half: boolean
    }
  | { readonly do: 'wait'; readonly seconds: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('authorize' as const) }),
  fc.record({
    do: fc.constantFrom('exchange', 'refresh', 'revoke'),
    which: fc.nat(7),
    half: fc.boolean(),
  }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: -600, max: 900_000 }) }),
)

/** A client that reuses codes and tokens that it should not reuse. */
function createCarelessClient() {
  const emulator = createEmulator({
    redirectUris: [CALLBACK],
    dataset: 'empty',
    // The model below has neither commit delays nor stalls.
    commitDelayMs: [0, 0],
    concurrentRefreshes: 'one_wins',
    // Only a step moves the clock.
    clock: createClock(() => 1_800_000_000),
  })
  const codes: { value: string; used: boolean }[] = []
  const pairs: IssuedPair[] = []
  /** How many token pairs each code or refresh token gave. */
  const successors = new Map<string, number>()

  const send = (path: string, form: Record<string, string>) =>
    emulator.fetch(
      new Request(`http://polar.test${path}`, { method: 'POST', body: new URLSearchParams(form) }),
    )

  async function token(from: string, form: Record<string, string>): Promise<boolean> {
    const response = await send('/v1/oauth2/token', { ...CLIENT, ...form })
    if (response.status !== 200) return false
    const body = (await response.json()) as Record<string, string> & { expires_in: number }
    pairs.push({
      access: body['access_token'] ?? '',
      refresh: body['refresh_token'] ?? '',
      expiresAt: emulator.clock.now() + body.expires_in,
      ended: false,
    })
    successors.set(from, (successors.get(from) ?? 0) + 1)
    return true
  }

  async function take(action: Step): Promise<void> {
    switch (action.do) {
      case 'authorize': {
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: DEFAULT_CLIENT_ID,
          redirect_uri: CALLBACK,
          scope: 'products:read',
          code_challenge: CHALLENGE,
          code_challenge_method: 'S256',
        })
        const answer = await send(`/v1/oauth2/consent?${query.toString()}`, { action: 'allow' })
        const location = new URL(answer.headers.get('Location') ?? '')
        codes.push({ value: location.searchParams.get('code') ?? '', used: false })
        return
      }
      case 'exchange': {
        const code = codes[action.which % codes.length]
        if (code === undefined) return
        const taken = await token(code.value, {
          grant_type: 'authorization_code',
          code: code.value,
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
        })
        expect(taken && code.used).toBe(false)
        code.used ||= taken
        return
      }
      case 'refresh': {
        const pair = pairs[action.which % pairs.length]
        if (pair === undefined) return
        const form = { grant_type: 'refresh_token', refresh_token: pair.refresh }
        expect(await token(pair.refresh, form)).toBe(!pair.ended)
        pair.ended = true
        return
      }
      case 'revoke': {
        const pair = pairs[action.which % pairs.length]
        if (pair === undefined) return
        const half = action.half ? pair.access : pair.refresh
        await send('/v1/oauth2/revoke', { ...CLIENT, token: half })
        pair.ended = true
        return
      }
      case 'wait':
        emulator.clock.advance(action.seconds)
    }
  }

  async function check(): Promise<void> {
    for (const count of successors.values()) expect(count).toBe(1)
    const now = emulator.clock.now()
    for (const { access, expiresAt, ended } of pairs) {
      const response = await emulator.fetch(
        new Request('http://polar.test/v1/oauth2/userinfo', {
          headers: { Authorization: `Bearer ${access}` },
        }),
      )
      expect(response.status).toBe(ended || expiresAt <= now ? 401 : 200)
    }
  }

  return { take, check }
}

describe('the tokens of a client', () => {
  it('never multiply and never revive, in any order of use, replay, revocation and time', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), async (steps) => {
        const client = createCarelessClient()
        await client.take({ do: 'authorize' })
        for (const action of steps) {
          await client.take(action)
          await client.check()
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('have one successor, even with concurrent refreshes', async () => {
    expect.hasAssertions()
    const client = createCarelessClient()
    const again = { do: 'refresh', which: 0, half: true } as const
    await client.take({ do: 'authorize' })
    await client.take({ do: 'exchange', which: 0, half: true })
    await Promise.all([client.take(again), client.take(again)])
    await client.check()
  })
})
