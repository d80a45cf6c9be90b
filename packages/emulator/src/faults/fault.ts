/** A fault: which requests it meets, and what becomes of them instead of an answer. */
import * as v from 'valibot'

/** What is wrong with an ID token that looks right at first sight. */
export const ID_TOKEN_FAULTS = [
  'audience',
  'issuer',
  'nonce',
  'expired',
  'alg_none',
  'hs256',
  'es256',
  'weak_key',
  'unknown_key',
] as const
export type IdTokenFault = (typeof ID_TOKEN_FAULTS)[number]

export const NETWORK_KINDS = [
  /** The connection ends before anything happens. */
  'drop',
  /** The connection ends after the change is made: the answer is lost. */
  'drop_after_commit',
  'hang',
  'malformed',
  'empty',
  'html',
  'redirect',
  'endless',
  'gzip_bomb',
  /** The answer as it is, with a `status` that nobody has heard of in every object. */
  'unknown_status',
  /** Half of the answer, and then the connection ends. */
  'truncated',
] as const

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000))

export const faultBody = v.strictObject({
  method: v.optional(v.pipe(v.string(), v.toUpperCase())),
  path_contains: v.optional(v.string()),
  path_excludes: v.optional(v.string()),
  /** Only token requests of this grant. */
  grant_type: v.optional(v.picklist(['authorization_code', 'refresh_token'])),
  kind: v.optional(v.picklist(NETWORK_KINDS)),
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** The change is made first: what the fault takes is the answer. */
  after_commit: v.optional(v.boolean()),
  /** Text as it is, or anything else as JSON. */
  body: v.optional(v.unknown()),
  /** Before anything happens. */
  delay_ms: v.optional(milliseconds),
  /** After the change is made, before its answer leaves. */
  delay_after_ms: v.optional(milliseconds),
  /** What the request writes stays unseen for this long, in emulator time. */
  commit_after_ms: v.optional(milliseconds),
  id_token: v.optional(v.picklist(ID_TOKEN_FAULTS)),
  /** What the app finds in its callback. */
  callback: v.optional(v.picklist(['altered_state', 'missing_state'])),
  /** Authorization ends at the app with this error. */
  authorization_error: v.optional(v.pipe(v.string(), v.regex(/^[a-z_]+$/))),
  /** Emulator time is off by this much while the fault is on. */
  clock_offset_seconds: v.optional(v.number()),
  /** How many requests pass untouched before it meets one. */
  skip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** How many requests it meets; without it, every one until it is turned off. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  /** The same number hits the same requests. */
  seed: v.optional(v.pipe(v.number(), v.integer()), 1),
})

export type FaultRule = v.InferOutput<typeof faultBody>

export interface Fault {
  readonly id: string
  /** The preset it came from. */
  readonly preset: string | null
  readonly rule: FaultRule
  /** How many requests it has let pass, because of `skip`. */
  skipped: number
  /** How many requests it has met. */
  hits: number
}

export interface MetRequest {
  readonly method: string
  readonly path: string
  readonly grantType: string | null
  /** Asked again for the ID token of an exchange that succeeded: only it can be spoilt then. */
  readonly idToken?: boolean
}

export function meets({ rule, hits }: Fault, request: MetRequest): boolean {
  const { method, path_contains, path_excludes, grant_type, times } = rule
  return (
    hasItsPlace(rule, request) &&
    (times === undefined || hits < times) &&
    (method === undefined || method === request.method) &&
    (path_contains === undefined || request.path.includes(path_contains)) &&
    (path_excludes === undefined || !request.path.includes(path_excludes)) &&
    (grant_type === undefined || grant_type === request.grantType)
  )
}

/** What answers before it commits. */
const WRITES = /^POST \/v1\/oauth2\/(register|consent|token|revoke)$|^GET .*\/oauth2\/authorize$/

/** Whether what the fault spoils can be part of the answer at all, so that no hit is wasted. */
function hasItsPlace(rule: FaultRule, { method, path, idToken = false }: MetRequest): boolean {
  if (idToken || rule.id_token !== undefined) return idToken && rule.id_token !== undefined
  if (rule.commit_after_ms !== undefined) return WRITES.test(`${method} ${path}`)
  if (rule.authorization_error !== undefined) return path.includes('/oauth2/authorize')
  if (rule.callback !== undefined) return /\/oauth2\/(authorize|consent)$/.test(path)
  return rule.clock_offset_seconds === undefined
}

/** The requests of a sign-in, and one that reads data. */
const SIGN_IN: readonly MetRequest[] = [
  { method: 'GET', path: '/oauth2/authorize', grantType: null },
  { method: 'GET', path: '/v1/oauth2/authorize', grantType: null },
  { method: 'POST', path: '/v1/oauth2/consent', grantType: null },
  { method: 'POST', path: '/v1/oauth2/token', grantType: 'authorization_code' },
  { method: 'POST', path: '/v1/oauth2/token', grantType: 'authorization_code', idToken: true },
  { method: 'POST', path: '/v1/oauth2/introspect', grantType: null },
  { method: 'GET', path: '/.well-known/jwks.json', grantType: null },
]
const DATA: MetRequest = { method: 'GET', path: '/v1/products/', grantType: null }

/** What an app can no longer do while the fault is on. Null: it only gets slower, or must try again. */
export function stoppedBy(fault: Fault): 'sign_in' | 'data' | null {
  const { id_token, callback, authorization_error, kind, status, body } = fault.rule
  const spoilsSignIn = [id_token, callback, authorization_error].some((way) => way !== undefined)
  const replaces = kind !== undefined && kind !== 'unknown_status'
  const refuses = status !== undefined || body !== undefined
  if (!spoilsSignIn && !replaces && !refuses) return null
  if (SIGN_IN.some((request) => meets(fault, request))) return 'sign_in'
  return meets(fault, DATA) ? 'data' : null
}
