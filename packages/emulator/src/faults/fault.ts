/** A fault: which requests it hits, and what it does to them. */
import * as v from 'valibot'

/** What is wrong with an ID token that looks valid. */
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
  /** The connection ends before the request is handled. */
  'drop',
  /** The connection ends after the change is made, so the answer is lost. */
  'drop_after_commit',
  'hang',
  'malformed',
  'empty',
  'html',
  'redirect',
  'endless',
  'gzip_bomb',
  /** The real answer, but every object in it has an unknown `status`. */
  'unknown_status',
  /** The connection ends after half of the answer. */
  'truncated',
] as const

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000))

export const faultBody = v.strictObject({
  method: v.optional(v.pipe(v.string(), v.toUpperCase())),
  path_contains: v.optional(v.string()),
  path_excludes: v.optional(v.string()),
  /** Only token requests with this grant. */
  grant_type: v.optional(v.picklist(['authorization_code', 'refresh_token'])),
  kind: v.optional(v.picklist(NETWORK_KINDS)),
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** The change is made first; the fault replaces only the answer. */
  after_commit: v.optional(v.boolean()),
  /** Text is sent as it is, everything else as JSON. */
  body: v.optional(v.unknown()),
  /** Before the request is handled. */
  delay_ms: v.optional(milliseconds),
  /** After the change is made, before the answer is sent. */
  delay_after_ms: v.optional(milliseconds),
  /** Delays the commit of the request's changes, in emulator time. */
  commit_after_ms: v.optional(milliseconds),
  id_token: v.optional(v.picklist(ID_TOKEN_FAULTS)),
  /** Spoils the callback URL of the app. */
  callback: v.optional(v.picklist(['altered_state', 'missing_state'])),
  /** Authorization returns to the app with this error. */
  authorization_error: v.optional(v.pipe(v.string(), v.regex(/^[a-z_]+$/))),
  /** Shifts the emulator's clock while the fault is active. */
  clock_offset_seconds: v.optional(v.number()),
  /** How many requests pass before the first hit. */
  skip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** How many requests it hits. Default: all, until it is removed. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  /** For `probability`: the same number hits the same requests. */
  seed: v.optional(v.pipe(v.number(), v.integer()), 1),
})

export type FaultRule = v.InferOutput<typeof faultBody>

export interface Fault {
  readonly id: string
  /** The preset that it comes from. */
  readonly preset: string | null
  readonly rule: FaultRule
  /** How many requests passed because of `skip`. */
  skipped: number
  /** How many requests it hit. */
  hits: number
}

export interface MetRequest {
  readonly method: string
  readonly path: string
  readonly grantType: string | null
  /** A second look-up after a successful exchange, for faults of the ID token only. */
  readonly idToken?: boolean
}

export function meets({ rule, hits }: Fault, request: MetRequest): boolean {
  const { method, path_contains, path_excludes, grant_type, times } = rule
  return (
    canAffect(rule, request) &&
    (times === undefined || hits < times) &&
    (method === undefined || method === request.method) &&
    (path_contains === undefined || request.path.includes(path_contains)) &&
    (path_excludes === undefined || !request.path.includes(path_excludes)) &&
    (grant_type === undefined || grant_type === request.grantType)
  )
}

/** Endpoints that answer before they commit. */
const WRITES = /^POST \/v1\/oauth2\/(register|consent|token|revoke)$|^GET .*\/oauth2\/authorize$/

/** Whether the fault can have an effect on this request. Otherwise a hit would be wasted. */
function canAffect(rule: FaultRule, { method, path, idToken = false }: MetRequest): boolean {
  if (idToken || rule.id_token !== undefined) return idToken && rule.id_token !== undefined
  if (rule.commit_after_ms !== undefined) return WRITES.test(`${method} ${path}`)
  if (rule.authorization_error !== undefined) return path.includes('/oauth2/authorize')
  if (rule.callback !== undefined) return /\/oauth2\/(authorize|consent)$/.test(path)
  return rule.clock_offset_seconds === undefined
}

/** A short name for a fault without a preset. */
export function nameOf(rule: FaultRule): string {
  if (rule.kind !== undefined) return rule.kind.replaceAll('_', ' ')
  if (rule.callback !== undefined) return rule.callback.replaceAll('_', ' ')
  return rule.authorization_error ?? `status ${rule.status ?? 200}`
}

/** The requests of a sign-in. */
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

/** What an app cannot do while the fault is active. Null: it only gets slower, or must retry. */
export function stoppedBy(fault: Fault): 'sign_in' | 'data' | null {
  const { id_token, callback, authorization_error, kind, status, body } = fault.rule
  const spoilsSignIn = [id_token, callback, authorization_error].some((way) => way !== undefined)
  const replaces = kind !== undefined && kind !== 'unknown_status'
  const refuses = status !== undefined || body !== undefined
  if (!spoilsSignIn && !replaces && !refuses) return null
  if (SIGN_IN.some((request) => meets(fault, request))) return 'sign_in'
  return meets(fault, DATA) ? 'data' : null
}
