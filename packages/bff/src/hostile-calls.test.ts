/**
 * Anything as path, cookie, header and body: the answer is a clean refusal or one without a session, never a
 * failure of ours, and Polar is asked for nothing beyond the templates. `test` makes two thousand
 * calls, the same every time; `pnpm fuzz` as many new ones as `FUZZ_CALLS` says.
 */
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Bff } from './create-bff.ts'
import { createTestBrowser, sessionOf } from './testing/browser.ts'
import { ACME, allowing, createLocalPolar } from './testing/local-polar.ts'

const CALLS = Number(process.env['FUZZ_CALLS'] ?? 2000)
/** Each property makes its quarter of them. */
const options = { numRuns: Math.ceil(CALLS / 4), seed: Number(process.env['FUZZ_SEED'] ?? 1) }

const APP = 'https://app.example'
const SESSION = '__Host-Http-polar_connect'
const SOMETHING = '1dbfc517-0bbf-4301-9ba8-555ca42b9999'

/** Written down once more, so that a template that is too wide is not its own judge. */
const ASKABLE = [
  /^GET \/v1\/(organizations|products|orders|customers|subscriptions)\/([0-9a-f-]{36})?$/,
  /^GET \/v1\/(checkouts|checkout-links|benefits|discounts)\/([0-9a-f-]{36})?$/,
  /^GET \/v1\/metrics\/(limits)?$/,
  /^POST \/v1\/(checkouts|checkout-links)\/$/,
  /^(PATCH|DELETE) \/v1\/checkout-links\/[0-9a-f-]{36}$/,
  /^GET \/v1\/oauth2\/userinfo$/,
  /^POST \/v1\/oauth2\/(token|revoke)$/,
]

interface Call {
  readonly method: string
  /** As it stands in the request line. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

interface Outcome {
  readonly answer: Response
  /** What reached Polar meanwhile. */
  readonly asked: readonly string[]
  /** What no answer may be, in words: there is none. */
  readonly faults: readonly string[]
}

/** The app before a Polar that answers for its API at once, with a session that counts. */
async function createTarget() {
  const polar = await createLocalPolar()
  const asked: string[] = []
  let signingIn = false
  let rawTarget = ''
  const bff: Bff = await polar.create({
    // As a runtime like Node shows it.
    rawTarget: () => rawTarget,
    upstream: (url, { method, headers, body, signal }) => {
      if (!signingIn) asked.push(`${method} ${url.pathname}`)
      return signingIn || url.pathname.startsWith('/v1/oauth2/')
        ? polar.emulator.fetch(new Request(url, { method, headers, signal, ...(body && { body }) }))
        : Promise.resolve(Response.json({ items: [] }))
    },
  })

  async function signIn(): Promise<string> {
    signingIn = true
    const browser = createTestBrowser(bff)
    await sessionOf(await browser.signIn(allowing(polar, [ACME])))
    signingIn = false
    return browser.cookies.get(SESSION) ?? ''
  }

  return {
    signIn,
    async send({ method, target, headers, body }: Call): Promise<Outcome> {
      asked.length = 0
      rawTarget = target
      // What a runtime cannot read as an address never comes to the app with one of its own.
      const url = new URL(URL.canParse(APP + target) ? APP + target : `${APP}/bff/api/`)
      const takesBody = method !== 'GET' && method !== 'HEAD'
      const answer = await bff.fetch(
        new Request(`${APP}${url.pathname}${url.search}`, {
          method,
          headers,
          ...(takesBody && body !== undefined && { body }),
        }),
      )
      const { status } = answer
      const type = answer.headers.get('Content-Type')
      const ours = url.pathname.startsWith('/bff/')
      const checks: readonly (readonly [string, boolean])[] = [
        [`a failure: ${status}`, status < 500],
        ['a redirect', status < 300 || status >= 400],
        ['an invitation to another origin', !/access-control-|location/.test(namesOf(answer))],
        ['to be kept', !ours || answer.headers.get('Cache-Control') === 'no-store'],
        ['no problem of ours', !ours || answer.ok || type === 'application/problem+json'],
        ...asked.map((request): [string, boolean] => [
          `asked ${request}`,
          ASKABLE.some((form) => form.test(request)),
        ]),
      ]
      const faults = checks.flatMap(([fault, holds]) => (holds ? [] : [fault]))
      return { answer, asked: [...asked], faults }
    },
  }
}

const namesOf = (answer: Response) => [...answer.headers.keys()].join()

let target: Awaited<ReturnType<typeof createTarget>>
/** The session cookie of a person who is connected. */
let sealed: string
beforeEach(async () => {
  target = await createTarget()
  sealed = await target.signIn()
})

const page = { 'X-CSRF': '1', Origin: APP, 'Sec-Fetch-Site': 'same-origin' }
const signedIn = () => ({ ...page, Cookie: `${SESSION}=${sealed}` })

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** What a header may hold: every byte but the few that no server lets through. */
const headerValue = fc.uint8Array({ maxLength: 80 }).map((bytes) =>
  latin1(bytes)
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '~')
    .trim(),
)

const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY')
const randomBytes = fc.uint8Array({ maxLength: 200 })

/** Pieces of good and of crooked request lines. */
const piece = fc.oneof(
  fc.constantFrom('/bff/api/v1/', '/bff/api', '/v1/', 'products', 'orders/', 'metrics/', SOMETHING),
  fc.constantFrom('oauth2/token', 'webhooks', '/', '//', '.', '..', '%2e', '%2F', '%5c', '\\'),
  fc.constantFrom(';', '@', '#', '?', '%00', '%', ':', 'evil.example', 'http://evil.example'),
  fc.uint8Array({ maxLength: 6 }).map(latin1),
)

const requestTarget = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 4 }).map((pieces) => `/bff/api/v1/${pieces.join('')}`),
  // Good ones, but for what is put into them somewhere.
  fc
    .tuple(
      fc.constantFrom('products/?limit=1', 'products', `orders/${SOMETHING}`, 'checkout-links/'),
      fc.nat(48),
      fc.oneof(fc.constant(''), piece),
    )
    .map(([path, at, more]) => {
      const good = `/bff/api/v1/${path}`
      return good.slice(0, at) + more + good.slice(at)
    }),
)

/** Cookie headers, some made from one that is good. */
const cookie = fc.oneof(
  headerValue.map((value) => () => value),
  headerValue.map((value) => () => `${SESSION}=${value}`),
  headerValue.map((value) => (good: string) => `${SESSION}_tx_0=${good}; ${value}`),
  fc.tuple(fc.nat(), fc.nat(40), headerValue).map(([from, length, value]) => (good: string) => {
    const at = from % good.length
    return `${SESSION}=${good.slice(0, at)}${value}${good.slice(at + length)}`
  }),
  // A JWE as it should be, its header any JSON.
  fc.json().map((header) => (good: string) => {
    const parts = [Buffer.from(header).toString('base64url'), ...good.split('.').slice(1)]
    return `${SESSION}=${parts.join('.')}`
  }),
)

const MEMBERS = ['code', 'state', 'code_verifier', 'iss', 'error', 'code_challenge', 'scopes']

const body = fc.oneof(
  randomBytes,
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .dictionary(
      fc.oneof(fc.constantFrom(...MEMBERS, '__proto__', 'constructor', 'toString'), fc.string()),
      fc.oneof(fc.jsonValue(), fc.string({ minLength: 43, maxLength: 43 })),
    )
    .map((value) => JSON.stringify(value)),
)

const headers = fc.dictionary(
  fc.oneof(
    fc.constantFrom('X-CSRF', 'Origin', 'Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Host', 'Upgrade'),
    fc.constantFrom('Content-Type', 'Content-Encoding', 'Authorization', 'X-Forwarded-Host'),
    fc.constantFrom('X-HTTP-Method-Override', 'Accept', 'Idempotency-Key', 'Polar-Version', 'TE'),
  ),
  headerValue,
  { noNullPrototype: true },
)

/** The bytes of each part: spaces between the letters, and bits that no byte is made of, do not count. */
function bytesOf(compact: string): string[] {
  return compact.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'))
}

describe('a hostile call', () => {
  it('S32: reaches only the listed paths at Polar, with any request line', async () => {
    const property = fc.asyncProperty(
      method,
      requestTarget,
      randomBytes,
      async (verb, line, sent) => {
        const call = { method: verb, target: line, headers: signedIn(), body: sent }
        const { answer, asked, faults } = await target.send(call)
        expect(faults).toEqual([])
        expect(asked).toHaveLength(answer.ok && line.startsWith('/bff/api/') ? 1 : asked.length)
      },
    )
    await fc.assert(property, options)
  })

  it('S22: has no session with any cookie but the sealed one', async () => {
    const property = fc.asyncProperty(cookie, async (make) => {
      const made = make(sealed)
      const call = { method: 'GET', target: '/bff/session', headers: { ...page, Cookie: made } }
      const { answer, asked, faults } = await target.send(call)
      expect([faults, asked]).toEqual([[], []])
      const { authenticated } = (await answer.json()) as { authenticated?: boolean }
      const whole = made.slice(SESSION.length + 1).split(';')[0] ?? ''
      expect(authenticated === true ? bytesOf(whole) : []).toEqual(
        authenticated === true ? bytesOf(sealed) : [],
      )
    })
    await fc.assert(property, options)
  })

  it('S62: is refused or served with any body, and is never a sign-in', async () => {
    const route = fc.constantFrom('authorize', 'callback', 'refresh', 'logout', 'api/v1/checkouts/')
    const type = fc.oneof({ weight: 4, arbitrary: fc.constant('application/json') }, headerValue)
    const property = fc.asyncProperty(route, body, type, async (name, sent, contentType) => {
      const { answer, asked, faults } = await target.send({
        method: 'POST',
        target: `/bff/${name}`,
        headers: { ...signedIn(), 'Content-Type': contentType },
        body: sent,
      })
      expect(faults).toEqual([])
      expect(name === 'callback' && (answer.ok || asked.length > 0)).toBe(false)
      // To these an empty object is a good body.
      if (answer.ok && (name === 'logout' || name === 'refresh')) sealed = await target.signIn()
    })
    await fc.assert(property, options)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('S13: is refused without the headers of a page', async () => {
    const route = fc.constantFrom('session', 'userinfo', 'authorize', 'api/v1/products/', 'logout')
    const property = fc.asyncProperty(headers, fc.boolean(), method, route, async (...given) => {
      const [some, asPage, verb, name] = given
      const own = asPage ? { ...some, ...signedIn() } : { ...signedIn(), 'X-CSRF': '', ...some }
      const call = { method: verb, target: `/bff/${name}`, headers: own }
      const { answer, asked, faults } = await target.send(call)
      expect(faults).toEqual([])
      expect(own['X-CSRF'] === '1' || (answer.status >= 400 && asked.length === 0)).toBe(true)
      if (answer.ok && name === 'logout') sealed = await target.signIn()
    })
    await fc.assert(property, options)
  })
})
