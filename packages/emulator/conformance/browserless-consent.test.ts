/** The consent screen without a browser, and the metadata for OAuth libraries. */
import { afterEach, describe, expect, it } from 'vitest'
import {
  createEmulator,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type EmulatorOptions,
} from '../src/index.ts'
import { ACME, CALLBACK } from './polar.ts'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

async function start(options: EmulatorOptions = {}) {
  const polar = createEmulator({ redirectUris: [CALLBACK], commitDelayMs: [0, 0], ...options })
  const { url, close } = await polar.listen()
  open.push(close)
  return { polar, url }
}

type Polar = ReturnType<typeof createEmulator>

function authorizationUrl(polar: Polar, more: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(polar.metadata.authorization_endpoint)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: DEFAULT_CLIENT_ID,
    redirect_uri: CALLBACK,
    scope: 'openid products:read',
    state: 'the-state',
    ...more,
  }).toString()
  return url
}
const organizationMode = { sub_type: 'organization', prompt: 'consent' }

/** The organizations and the person of a code. */
async function tokenOf(polar: Polar, back: URL) {
  const client = { client_id: DEFAULT_CLIENT_ID, client_secret: DEFAULT_CLIENT_SECRET }
  const post = async (url: string, form: Record<string, string>) =>
    (await (
      await polar.fetch(new Request(url, { method: 'POST', body: new URLSearchParams(form) }))
    ).json()) as Record<string, unknown>
  const tokens = await post(polar.metadata.token_endpoint, {
    ...client,
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
  })
  const token = String(tokens['access_token'])
  return post(polar.metadata.introspection_endpoint, { ...client, token })
}

describe('the metadata', () => {
  it('is the discovery document, with the address that the emulator listens on', async () => {
    const { polar, url } = await start()
    const document = await fetch(`${url}/.well-known/openid-configuration`)
    expect(await document.json()).toEqual(polar.metadata)
    expect(polar.metadata.issuer).toBe(url)
  })
})

describe('a person who allows', () => {
  it('is the one who is signed in, and gives access to all organizations', async () => {
    const { polar } = await start()
    const back = await polar.allow(authorizationUrl(polar))
    expect(back.href).toMatch(CALLBACK)
    expect(back.searchParams.get('state')).toBe('the-state')
    expect(back.searchParams.get('iss')).toBe(polar.metadata.issuer)
    expect(await tokenOf(polar, back)).toMatchObject({ active: true, organizations: [] })
  })

  it.each(['acme-books', 'Acme Books', ACME])(
    'gives access to one organization by name: %s',
    async (name) => {
      const { polar } = await start()
      const url = authorizationUrl(polar, organizationMode)
      const back = await polar.allow(url.href, { person: 'ada@example.com', organization: name })
      expect(await tokenOf(polar, back)).toMatchObject({ organizations: [ACME] })
    },
  )

  it('does not have to choose if there is nothing to choose', async () => {
    const { polar } = await start()
    const url = authorizationUrl(polar, organizationMode)
    const back = await polar.allow(url, { person: 'grace@example.com' })
    expect(await tokenOf(polar, back)).toMatchObject({ organizations: [ACME] })
    await expect(polar.allow(url)).rejects.toThrow('acme-books, nord-studio, sakura-works')
  })

  it('gets no screen if all was allowed before', async () => {
    const { polar } = await start()
    await polar.allow(authorizationUrl(polar))
    const back = await polar.allow(authorizationUrl(polar))
    expect(back.searchParams.get('code')).toMatch(/^polar_ac_/)
  })

  it('gets an error with the valid choices', async () => {
    const { polar } = await start()
    const url = authorizationUrl(polar)
    const stranger = { person: 'nobody@example.com' }
    await expect(polar.allow(url, stranger)).rejects.toThrow('ada@example.com, grace@example.com')
    const nowhere = { person: 'grace@example.com', organization: 'nord-studio' }
    await expect(polar.allow(url, nowhere)).rejects.toThrow('only acme-books')
    await expect(polar.allow(polar.metadata.token_endpoint)).rejects.toThrow('/oauth2/authorize')
  })

  it('sees the error page of a faulty request', async () => {
    const { polar } = await start()
    const url = authorizationUrl(polar, { redirect_uri: 'https://evil.example/' })
    await expect(polar.allow(url)).rejects.toThrow('is not supported by client')
  })

  it('returns the errors that Polar sends to the app', async () => {
    const { polar } = await start()
    const back = await polar.allow(authorizationUrl(polar, { scope: 'moons:orbit' }))
    expect(back.searchParams.get('error')).toBe('invalid_scope')
  })

  it('is subject to faults and the log', async () => {
    const { polar, url } = await start()
    await fetch(`${url}/_emulator/faults/presets/authorization-server-error`, { method: 'POST' })
    const back = await polar.allow(authorizationUrl(polar))
    expect(back.searchParams.get('error')).toBe('server_error')
  })
})

describe('a person who denies', () => {
  it('sends an error to the app, even without a choice', async () => {
    const { polar } = await start()
    const back = await polar.deny(authorizationUrl(polar, organizationMode))
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('the-state')
  })

  it('fails if there is no screen', async () => {
    const { polar } = await start()
    await polar.allow(authorizationUrl(polar))
    await expect(polar.deny(authorizationUrl(polar))).rejects.toThrow('prompt=consent')
  })

  it('works without a socket', async () => {
    const polar = createEmulator({ redirectUris: [CALLBACK], origin: 'https://polar.test' })
    const back = await polar.deny(authorizationUrl(polar))
    expect(back.searchParams.get('iss')).toBe('https://polar.test')
  })
})
