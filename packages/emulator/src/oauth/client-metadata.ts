/** The metadata that a client may register (RFC 7591 §2). */
import { BlockList, isIPv4 } from 'node:net'
import * as v from 'valibot'
import { bodyOf } from '../http/bodies.ts'
import { KNOWN_SCOPES, scopeWords } from '../world/scopes.ts'

const url = v.pipe(
  v.string(),
  v.url(),
  v.check(
    (text) => !URL.canParse(text) || isSecureOrLocal(new URL(text)),
    'Value error, An HTTPS URL is required.',
  ),
)
const page = v.nullish(v.pipe(v.string(), v.url()))
const grantType = v.union([v.literal('authorization_code'), v.literal('refresh_token')])
const authMethod = v.union([
  v.literal('client_secret_basic'),
  v.literal('client_secret_post'),
  v.literal('none'),
])

const metadata = v.object({
  client_name: v.string(),
  redirect_uris: v.array(url),
  token_endpoint_auth_method: v.optional(authMethod, 'client_secret_post'),
  grant_types: v.optional(v.array(grantType), ['authorization_code', 'refresh_token']),
  response_types: v.optional(v.array(v.literal('code')), ['code']),
  scope: v.optional(v.string(), KNOWN_SCOPES.join(' ')),
  client_uri: page,
  logo_uri: page,
  tos_uri: page,
  policy_uri: page,
  // Polar accepts it and ignores it.
  default_sub_type: v.optional(v.picklist(['user', 'organization'])),
})

export type ClientMetadata = v.InferOutput<typeof metadata>

export const clientMetadata = bodyOf(metadata)
export const changedMetadata = bodyOf(v.object({ client_id: v.string(), ...metadata.entries }))

/** The claim that Polar refuses although the body is valid. */
export function faultOf(
  { redirect_uris: uris, scope }: ClientMetadata,
  known: readonly string[],
): string | undefined {
  const addresses = uris.map((uri) => new URL(uri))
  if (addresses.some(({ host, hash }) => host === '' || hash !== '')) return 'redirect_uris'
  return scopeWords(scope).every((word) => known.includes(word)) ? undefined : 'scope'
}

const local = new BlockList()
local.addSubnet('127.0.0.0', 8)
local.addSubnet('10.0.0.0', 8)
local.addSubnet('172.16.0.0', 12)
local.addSubnet('192.168.0.0', 16)
local.addSubnet('169.254.0.0', 16)

/** Polar allows `http` for `localhost` and private IPv4 addresses, but not for `[::1]`. */
function isSecureOrLocal({ protocol, hostname }: URL): boolean {
  if (protocol !== 'http:' || hostname === 'localhost') return true
  return hostname.endsWith('.localhost') || (isIPv4(hostname) && local.check(hostname))
}
