/**
 * Compares each recorded answer of Polar's server with the emulator's answer to the same request:
 * status, important headers, members and types. Refusals must have the same text.
 * `recordings/differences.ts` lists intended differences with the reasons.
 */
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../src/objects/dataset.ts'
import { createDataset } from '../src/seed/create-dataset.ts'
import { createClock } from '../src/index.ts'
import { ACME, ADA, NORD, startPolar, type Polar } from './polar.ts'
import { DIFFERENCES, NOT_REPLAYED, type Difference } from './recordings/differences.ts'

interface Recording {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers?: Readonly<Record<string, string>>
    readonly json?: unknown
    readonly form?: Readonly<Record<string, string>>
    readonly body?: string
    readonly signed_in?: true
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly json?: unknown
    readonly text?: string
  }
}

/** The order matters: later files use what earlier ones created, such as tokens. */
const FILES = [
  'oauth-registration',
  'oauth-authorize',
  'oauth-token',
  'oauth-introspect-revoke-userinfo',
  'oauth-discovery',
  'organizations',
  'products',
  'orders',
  'customers',
  'subscriptions',
  'checkouts',
  'checkout-links',
  'benefits',
  'discounts',
  'metrics',
  'errors',
]

const read = (file: string) =>
  JSON.parse(
    readFileSync(new URL(`./recordings/${file}.json`, import.meta.url), 'utf8'),
  ) as Recording[]

const RECORDED_AT = Date.parse('2026-11-28T22:25:30Z') / 1000
const API_HOST = 'http://127.0.0.1:8000'
const WEB_HOST = 'http://127.0.0.1:3900'

let polar: Polar
/** Maps recorded values to those of the emulator. */
const standIns = new Map<string, string>()

beforeAll(async () => {
  polar = await startPolar({
    // The recorded source is from August.
    asOf: '2026-08',
    clock: createClock(() => RECORDED_AT),
    commitDelayMs: [0, 0],
  })
  standIns.set(API_HOST, polar.url)
  standIns.set(WEB_HOST, polar.url)
  const redirect = { redirect_uris: ['https://app.example/auth/callback'] }
  const known = 'openid email products:read orders:read'
  for (const [number, secret, method] of [
    [7, 6, 'client_secret_post'],
    [8, 7, 'client_secret_post'],
    [9, 8, 'none'],
  ] as const) {
    const { client } = await polar.register({
      client_name: 'Recorder',
      client_uri: 'https://app.example',
      logo_uri: 'https://app.example/logo.png',
      tos_uri: 'https://app.example/terms',
      policy_uri: 'https://app.example/privacy',
      scope: known,
      token_endpoint_auth_method: method,
      ...redirect,
    })
    standIns.set(`polar_ci_Recordedci${number}x`, client.client_id)
    standIns.set(`polar_cs_Recordedcs${secret}x`, client.client_secret)
  }
  // Tokens from calls that were not recorded.
  const all = 'organizations products orders customers subscriptions checkouts checkout_links'
    .concat(' benefits discounts metrics')
    .split(' ')
    .map((name) => `${name}:read`)
  const whole = [...all, 'checkouts:write', 'checkout_links:write']
  for (const [number, scopes, organizations] of [
    [5, ['products:read', 'orders:read'], [ACME]],
    [6, ['openid'], [ACME]],
    [7, whole, [ACME]],
    [8, ['products:write'], [ACME]],
    [9, ['products:write'], [NORD]],
  ] as const) {
    const token = await polar.mint(ADA, [...scopes], [...organizations])
    standIns.set(`polar_at_u_Recordedatu${number}x`, token)
  }
  for (const [recorded, own] of objectStandIns()) standIns.set(recorded, own)
})
afterAll(() => polar.close())

/** Objects of the emulator that match the recorded ones. */
function objectStandIns(): readonly (readonly [string, string])[] {
  const dataset = createDataset({ name: 'small', seed: 1, now: RECORDED_AT })
  const product = (name: string) => named(dataset.products, (item) => item.name === name)
  const subscription = (status: string) =>
    named(dataset.subscriptions, (item) => item.organization_id === ACME && item.status === status)
  const order = (status: string) =>
    named(dataset.orders, (item) => item.organization_id === ACME && item.status === status)
  const paid = named(
    dataset.orders,
    (item) => item.organization_id === ACME && item.paid && !item.is_invoice_generated,
  )
  return [
    ['08ff49b6-f772-4632-916c-43069c43a8c3', product('The Engine Companion (e-book)')],
    ['c12b0cf5-eda7-4963-8fa0-9922f4075fa7', product('Pay what you want: first chapter')],
    ['a086c41f-f0d1-4698-9b24-f9802932a901', product('Reader plan, yearly')],
    ['2e17392a-fe84-4b89-99c2-5019542938f2', order('refunded')],
    ['9591aacb-8154-49bf-92bd-6d80cb373ee9', paid],
    ['61c4ba27-8c76-448b-80f6-d6a83cec0b63', subscription('trialing')],
    ['200af5e8-e5d6-46fe-8c2f-41f8bc816421', subscription('past_due')],
    ['8361417d-0513-491e-aa35-ffeaf6debcc5', subscription('canceled')],
    ['447f87cd-0ae6-4b47-9c04-5adfb71ece88', withoutSubscription(dataset)],
    ['4feb7e4c-0058-4f24-b100-86630ce68ddf', subscriber(dataset)],
    ['b548ea75-c1c3-46d9-8a5f-0e0230f7af37', named(dataset.benefits, () => true)],
    ['f41b0bca-45a1-43bf-a19f-098bd681d739', named(dataset.discounts, () => true)],
  ]
}

function named<Item extends { readonly id: string }>(
  items: readonly Item[],
  fits: (item: Item) => boolean,
): string {
  const item = items.find(fits)
  if (item === undefined) throw new TypeError('the data set has no such object')
  return item.id
}

function subscriber({ subscriptions }: Dataset): string {
  const running = subscriptions.find(({ status }) => status === 'active')
  return running?.customer_id ?? ''
}

function withoutSubscription({ customers, subscriptions }: Dataset): string {
  const subscribed = new Set(subscriptions.map(({ customer_id }) => customer_id))
  return named(
    customers,
    ({ id, organization_id }) => organization_id === ACME && !subscribed.has(id),
  )
}

const STAND_IN = /^polar_[a-z_]+?_Recorded[a-z]+\d+x(?=0*$)/
/** A recorded secret without its padding of zeros. */
const keyOf = (secret: string) => STAND_IN.exec(secret)?.[0] ?? secret

function translate(text: string): string {
  let own = text.replaceAll(/polar_[a-z_]+?_Recorded[a-z]+\d+x0*/g, (secret) => {
    const standIn = standIns.get(keyOf(secret))
    if (standIn === undefined) throw new TypeError(`nothing stands in for ${secret}`)
    return standIn
  })
  for (const [recorded, standIn] of standIns) {
    if (!recorded.startsWith('polar_')) own = own.replaceAll(recorded, standIn)
  }
  return own
}

function translateHeader(value: string): string {
  const [, credentials] = /^Basic (.+)$/.exec(value) ?? []
  if (credentials === undefined) return translate(value)
  return `Basic ${btoa(translate(atob(credentials)))}`
}

/** Maps the secrets and IDs of Polar's answer to those of the emulator's answer. */
function learn(recorded: unknown, own: unknown): void {
  if (typeof recorded === 'string' && typeof own === 'string') {
    if (STAND_IN.test(recorded)) standIns.set(keyOf(recorded), own)
  } else if (isObject(recorded) && isObject(own)) {
    for (const [name, value] of Object.entries(recorded)) learn(value, own[name])
  }
}

/** Maps the ID of a new object. */
function learnId(recorded: unknown, own: unknown): void {
  if (!isObject(recorded) || !isObject(own)) return
  const { id } = recorded
  if (typeof id === 'string' && typeof own['id'] === 'string') standIns.set(id, own['id'])
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const AUTHORIZE = {
  client_id: 'polar_ci_Recordedci7x',
  redirect_uri: 'https://app.example/auth/callback',
  response_type: 'code',
  state: 'the-state',
  code_challenge: '7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM',
  code_challenge_method: 'S256',
}

/** Issues a code for a recorded exchange. */
async function allow(code: string, scope: string, more: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({ ...AUTHORIZE, scope, ...more }).toString()
  await polar.control('POST', '/sign-in', { person: ADA })
  const form = { action: 'allow', organizations: ACME }
  const answer = await polar.post(`/v1/oauth2/consent?${translate(query)}`, form)
  const location = new URL(answer.headers.get('Location') ?? '')
  standIns.set(code, location.searchParams.get('code') ?? '')
}

/** Repeats what happened before a recorded request without being recorded. */
const BEFORE: Readonly<Record<string, () => Promise<void>>> = {
  'oauth-authorize: authorize: consented, no screen': () =>
    allow('unused', 'openid email products:read'),
  'oauth-token: wrong verifier': () =>
    allow('polar_ac_Recordedac4x', 'openid email products:read', { prompt: 'consent' }),
  'oauth-token: exchange without openid': () =>
    allow('polar_ac_Recordedac5x', 'products:read', { prompt: 'consent' }),
  'oauth-token: exchange, organization mode with nonce': () =>
    allow('polar_ac_Recordedac6x', 'openid products:read', {
      prompt: 'consent',
      sub_type: 'organization',
      nonce: 'the-nonce',
    }),
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

async function replay({ request, response }: Recording): Promise<Answer> {
  const { method, signed_in: signedIn, json, form } = request
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, translateHeader(value)]),
  )
  await polar.control('POST', signedIn ? '/sign-in' : '/sign-out', signedIn && { person: ADA })
  const body =
    form !== undefined
      ? new URLSearchParams(
          Object.entries(form).map(([name, value]): [string, string] => [name, translate(value)]),
        ).toString()
      : json === undefined
        ? request.body
        : translate(JSON.stringify(json))
  if (form !== undefined) headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
  if (json !== undefined) headers['Content-Type'] ??= 'application/json'
  if (response.status === 413) return send(method, request.path, headers, 'x'.repeat(10_485_761))
  // A body without a length is sent in chunks, which Polar refuses.
  if (response.status === 411) headers['Transfer-Encoding'] = 'chunked'
  return send(method, translate(request.path), headers, body)
}

/** Sends without `fetch`, which adds headers. With `Transfer-Encoding`, the body has no length. */
function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Promise<Answer> {
  const { resolve, reject, promise } = Promise.withResolvers<Answer>()
  const outgoing = httpRequest(polar.url + path, { method, headers }, (incoming) => {
    let text = ''
    incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    incoming.on('end', () => {
      const received = new Headers()
      for (const [name, value] of Object.entries(incoming.headers)) {
        received.set(name, String(value))
      }
      resolve({ status: incoming.statusCode ?? 0, headers: received, text })
    })
  })
  outgoing.on('error', reject)
  if (body !== undefined && !('Transfer-Encoding' in headers)) {
    outgoing.setHeader('Content-Length', Buffer.byteLength(body))
  }
  outgoing.end(body)
  return promise
}

/** The headers that an app can notice. Others depend on the network. */
const HEADERS = [
  'content-type',
  'cache-control',
  'pragma',
  'www-authenticate',
  'allow',
  'location',
  'polar-version',
  'retry-after',
  'x-polar-sandbox',
  'x-polar-deprecation-notice',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'access-control-max-age',
]

/** Sorts sets and removes the values of codes, which cannot be compared. */
function comparable(name: string, value: string | null | undefined): unknown {
  if (value === null || value === undefined) return undefined
  if (name === 'location') return value.replace(/code=[^&]+/, 'code=…')
  if (name.startsWith('access-control-')) return new Set(value.toLowerCase().split(/, ?/))
  const scope = /scope="([^"]*)"/.exec(value)?.[1]
  if (scope === undefined) return value
  return [value.replace(scope, '…'), new Set(scope.split(' '))]
}

/** `orders[].items[].id: string`, for each member of an answer. */
function shapeOf(value: unknown, path: string, shape = new Map<string, Set<string>>()) {
  const note = (type: string) => shape.set(path, (shape.get(path) ?? new Set()).add(type))
  if (Array.isArray(value)) {
    note('array')
    for (const item of value) shapeOf(item, `${path}[]`, shape)
  } else if (isObject(value)) {
    note('object')
    for (const [name, inner] of Object.entries(value)) {
      shapeOf(inner, /^[0-9a-f-]{36}$/.test(name) ? `${path}.{id}` : `${path}.${name}`, shape)
    }
  } else {
    note(value === null ? 'null' : typeof value)
  }
  return shape
}

/** Members that only one side has, and members without a common type. */
function differencesOf(recorded: unknown, own: unknown): readonly string[] {
  const [theirs, ours] = [shapeOf(recorded, '$'), shapeOf(own, '$')]
  // If one side has an empty list or null, the other may have members in it.
  const isOpen = (shape: ReadonlyMap<string, ReadonlySet<string>>, path: string) =>
    [...shape].some(
      ([parent, types]) =>
        path.startsWith(parent) &&
        /^[.[]/.test(path.slice(parent.length)) &&
        ((types.has('array') && path.startsWith(`${parent}[]`) && !shape.has(`${parent}[]`)) ||
          (types.size === 1 && types.has('null'))),
    )
  const lacking = [...theirs.keys()].filter((path) => !ours.has(path) && !isOpen(ours, path))
  const added = [...ours.keys()].filter((path) => !theirs.has(path) && !isOpen(theirs, path))
  const other = [...theirs].filter(([path, types]) => {
    const own = ours.get(path)
    return (
      own !== undefined &&
      !own.has('null') &&
      !types.has('null') &&
      ![...types].some((type) => own.has(type))
    )
  })
  return [
    ...lacking.map((path) => `lacks ${path}`),
    ...added.map((path) => `adds ${path}`),
    ...other.map(([path]) => `other type ${path}`),
  ]
}

const used = new Set<Difference>()

function isIntended(file: string, name: string, difference: string): boolean {
  const found = DIFFERENCES.filter(
    (entry) =>
      (entry.file === undefined || entry.file === file) &&
      (entry.name === undefined || entry.name === name) &&
      entry.differs.test(difference),
  )
  for (const entry of found) used.add(entry)
  return found.length > 0
}

/** First the requests that need a live token, then revocations, then those of revoked tokens. */
const rank = ({ name }: Recording) =>
  /revoked/.test(name) ? 2 : name.startsWith('revoke:') ? 1 : 0

/** The recordings contain the long list of scopes only once. */
function withoutRepeats(answer: unknown): unknown {
  if (!isObject(answer) || !('scope_display_names' in answer)) return answer
  const { scope_display_names: _names, ...rest } = answer
  return rest
}

describe.each(FILES)('%s', (file) => {
  for (const recording of read(file).toSorted((left, right) => rank(left) - rank(right))) {
    const { name, response } = recording
    const reason = NOT_REPLAYED[`${file}: ${name}`]
    it.skipIf(reason !== undefined)(`like Polar: ${name}`, async () => {
      await BEFORE[`${file}: ${name}`]?.()
      const answer = await replay(recording)
      const found: string[] = []
      if (answer.status !== response.status) {
        found.push(`status ${answer.status}, not ${response.status}`)
      }
      for (const header of HEADERS) {
        const recorded = comparable(header, response.headers[header])
        const own = answer.headers.get(header)?.replaceAll(polar.url, API_HOST)
        const translated =
          typeof recorded === 'string' ? recorded.replaceAll(WEB_HOST, API_HOST) : recorded
        if (!isDeepStrictEqual(comparable(header, own), translated)) {
          found.push(
            `header ${header}: ${own ?? 'none'}, not ${response.headers[header] ?? 'none'}`,
          )
        }
      }
      if (response.json !== undefined) {
        const own = JSON.parse(answer.text || 'null') as unknown
        learn(response.json, own)
        if (response.status === 201) learnId(response.json, own)
        const isRepeat = /as in the first answer/.test(JSON.stringify(response.json))
        const [theirs, ours] = [response.json, own].map(isRepeat ? withoutRepeats : (part) => part)
        found.push(...differencesOf(theirs, ours))
        // Refusals have the same text.
        const words = JSON.parse(translate(JSON.stringify(response.json))) as unknown
        if (response.status >= 400 && !isDeepStrictEqual(own, words)) {
          found.push(`words ${answer.text}, not ${JSON.stringify(response.json)}`)
        }
      }
      const code = /code=(polar_ac_[^&]+)/.exec(response.headers['location'] ?? '')?.[1]
      const ownCode = /code=(polar_ac_[^&]+)/.exec(answer.headers.get('location') ?? '')?.[1]
      if (code !== undefined && ownCode !== undefined) standIns.set(keyOf(code), ownCode)
      expect(found.filter((difference) => !isIntended(file, name, difference))).toEqual([])
    })
  }
})

describe('the list of intended differences', () => {
  it('has no entry that does not occur', () => {
    expect(DIFFERENCES.filter((entry) => !used.has(entry))).toEqual([])
  })

  it('names only existing recordings', () => {
    const names = FILES.flatMap((file) => read(file).map(({ name }) => `${file}: ${name}`))
    expect(names).toEqual(expect.arrayContaining(Object.keys(NOT_REPLAYED)))
  })
})
