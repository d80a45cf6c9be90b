import { createMemoryCoordinator, polarServer, type Coordinator } from '@polar-connect/bff'
import { bffFromEnv } from '@polar-connect/bff/env'
import { describe, expect, it } from 'vitest'
import type { Ask } from './diagnose/ask-server.ts'
import { beginSignIn, checkExchange } from './diagnose/sign-in-checks.ts'
import { prefixesOf } from './redis.ts'

const ORIGIN = 'https://app.example'

/** The keys of a sign-in that Polar refuses. */
async function keysOfSignIn(): Promise<readonly string[]> {
  const keys: string[] = []
  const memory = createMemoryCoordinator()
  const note = (key: string) => void keys.push(key)
  const coordinator: Coordinator = {
    ...memory,
    claim: (key, ...rest) => (note(key), memory.claim(key, ...rest)),
    read: (key) => (note(key), memory.read(key)),
    count: (key, ...rest) => (note(key), memory.count(key, ...rest)),
  }
  const env = {
    APP_ORIGIN: ORIGIN,
    POLAR_CLIENT_ID: 'polar_ci_FakeFakeFake',
    POLAR_CLIENT_SECRET: 'polar_cs_FakeFakeFake',
    SESSION_SECRETS: 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng',
  }
  const bff = bffFromEnv(env, {
    coordinator,
    upstream: async () => new Response('', { status: 429 }),
    onEvent: () => undefined,
  })
  const ask: Ask = async (path, init) => bff.fetch(new Request(ORIGIN + path, init))
  const begun = await beginSignIn(ask, ORIGIN)
  await checkExchange(ask, begun, ORIGIN, polarServer('production'))
  return keys
}

describe('the prefixes in Redis', () => {
  const here = { clientId: 'polar_ci_one', polar: 'production' }

  it.each([
    ['another client', { ...here, clientId: 'polar_ci_two' }],
    ['another Polar', { ...here, polar: 'sandbox' }],
  ])('keep the pauses and counts of %s apart', async (_, there) => {
    const [mine, theirs] = [prefixesOf(here), prefixesOf(there)]
    const keys = await keysOfSignIn()
    const kinds = (apart: boolean) =>
      new Set(
        keys.filter((key) => (mine(key) !== theirs(key)) === apart).map((key) => key.split(':')[0]),
      )
    expect(kinds(true)).toEqual(new Set(['pause', 'count']))
    expect(kinds(false)).toEqual(new Set(['spent']))
  })
})
