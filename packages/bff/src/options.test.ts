/** What `createBff` refuses at once, and what it tells the console. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createBff } from './create-bff.ts'
import type { BffOptions } from './options.ts'
import { createKeyRing } from './sealing/key-ring.ts'
import { polarServer } from './settings/polar-server.ts'
import { createTestBrowser } from './testing/browser.ts'
import { testKeys } from './testing/keys.ts'

const GOOD: BffOptions = {
  clientId: 'polar_ci_FakeFakeFake',
  clientSecret: 'polar_cs_FakeFakeFake',
  server: polarServer('sandbox'),
  appOrigin: 'https://app.example',
  keys: await testKeys('one'),
  onEvent: () => undefined,
}

function refusalOf(options: Partial<BffOptions>): string {
  try {
    createBff({ ...GOOD, ...options })
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
  return ''
}

afterEach(() => void vi.restoreAllMocks())

describe('createBff', () => {
  it.each<[string, Partial<Record<keyof BffOptions, unknown>>, string]>([
    ['an empty client id', { clientId: ' ' }, 'clientId: missing'],
    ['no client id', { clientId: undefined }, 'clientId: missing'],
    ['an empty secret', { clientSecret: '' }, 'clientSecret: missing'],
    ['the secret as the id', { clientId: 'polar_cs_Fake' }, 'clientId: this is the clientSecret'],
    [
      'the id as the secret',
      { clientSecret: 'polar_ci_Fake' },
      'clientSecret: this is the clientId',
    ],
    ['another word as the id', { clientId: 'my-app' }, 'clientId: it begins with polar_ci_'],
    ['another word as the secret', { clientSecret: 'x' }, 'clientSecret: it begins with polar_cs_'],
    ['a name in place of a server', { server: 'sandbox' }, 'server: make it with polarServer'],
    ['an origin with a path', { appOrigin: 'https://app.example/' }, 'appOrigin: an https origin'],
    ['plain http', { appOrigin: 'http://app.example' }, 'appOrigin: an https origin'],
    ['no origin', { appOrigin: undefined }, 'appOrigin: an https origin'],
    ['keys that no one waited for', { keys: Promise.resolve() }, 'keys: make it with await'],
    ['no keys', { keys: [] }, 'keys: make it with await'],
    ['a short key', { keys: [{ id: 'a', bytes: new Uint8Array(16) }] }, 'keys: each has 32'],
    ['a base path with a slash at its end', { basePath: '/bff/' }, 'basePath: a path such as /bff'],
    ['a base path of a whole address', { basePath: 'https://a.example' }, 'basePath: a path'],
    ['a callback path without a slash', { callbackPath: 'callback' }, 'callbackPath: a path such'],
    ['a scope that mints', { scopes: ['webhooks:write'] }, 'scopes: webhooks:write could mint'],
    [
      'a route that mints',
      { allow: [{ method: 'GET', path: '/v1/organization-access-tokens/' }] },
      'allow: ',
    ],
  ])('refuses %s', (_, options, message) => {
    const lines = refusalOf(options as Partial<BffOptions>).split('\n')
    expect(lines).toEqual([
      'createBff cannot use these options:',
      expect.stringMatching(new RegExp(`^  ${message}`)),
    ])
  })

  it('names every fault at once, and no value', () => {
    const clientId = 'polar_cs_RealLookingSecret'
    const message = refusalOf({ clientId, clientSecret: '', appOrigin: '', keys: [] as never })
    const names = message.split('\n').map((line) => line.trim().split(':')[0])
    expect(names.slice(1)).toEqual(['clientId', 'clientSecret', 'appOrigin', 'keys'])
    expect(message).not.toContain(clientId)
  })

  it('names each route that could create a credential, and each malformed one', () => {
    const paths = ['/v1/webhooks/', '/v1/meters/', '/meters'] as const
    const allow = paths.map((path) => ({ method: 'GET', path }))
    const message = refusalOf({ allow: allow as BffOptions['allow'] & object })
    expect(message.split('\n  ').slice(1)).toEqual([
      'allow: /v1/webhooks/ could mint or reveal a credential',
      'allow: /meters is not a path template such as /v1/meters/{id}',
    ])
  })

  it('lets another server name its clients as it likes', () => {
    const server = polarServer('https://polar.example')
    expect(refusalOf({ server, clientId: 'mine', clientSecret: 'ours' })).toBe('')
  })
})

describe('a key ring', () => {
  it('says which secret is wrong', async () => {
    const [first] = [Buffer.alloc(32, 7).toString('base64url')]
    await expect(createKeyRing([first, 'short'])).rejects.toThrow('keys: secret 2 of 2 is not 32')
    await expect(createKeyRing([])).rejects.toThrow('keys: a ring needs at least one')
  })
})

describe('polarServer', () => {
  it.each([undefined, '', 'production'])('is production for %o', (name) => {
    expect(polarServer(name).identity.name).toBe('production')
  })
})

describe('without onEvent', () => {
  const broken = async (options: Partial<BffOptions> = {}) => {
    const { onEvent: _, ...rest } = GOOD
    const upstream = () => Promise.reject(new Error('no network'))
    const owner = () => Promise.reject(new Error('no\ndatabase'))
    const browser = createTestBrowser(createBff({ ...rest, upstream, owner, ...options }))
    const answer = await browser.fetch('/bff/session')
    return (await answer.json()) as { reference: string }
  }

  it('the console has refusals of 500 and above, with their references and places', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { reference } = await broken()
    const line = `owner_unavailable (${reference}) at GET /bff/session: owner failed: no database`
    const [[text = ''] = []] = log.mock.calls as string[][]
    expect(log).toHaveBeenCalledOnce()
    expect(text.split('\n').slice(0, 2)).toEqual([
      `polar-connect: ${line}`,
      expect.stringMatching(/^ +at .*options\.test\.ts:\d+:\d+/),
    ])
  })

  it('the console has nothing else', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await broken({ owner: () => null })
    expect(log).not.toHaveBeenCalled()
  })

  it('onEvent takes its place', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const onEvent = vi.fn<() => void>()
    await broken({ onEvent })
    expect([log.mock.calls.length, onEvent.mock.calls.length]).toEqual([0, 2])
  })
})
