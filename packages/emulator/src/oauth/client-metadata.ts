/** What may be registered as a client, and in which form it is kept (RFC 7591 §2). */
import { BlockList, isIPv4 } from 'node:net'
import * as v from 'valibot'
import { KNOWN_SCOPES, isKnownScope } from './scopes.ts'

const url = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text), 'Input should be a valid URL'),
  v.transform((text) => new URL(text)),
  v.check(isSecureOrLocal, 'An insecure redirect_uri must be on a loopback or private address.'),
)
const page = v.optional(v.pipe(v.string(), v.url()))

export const clientMetadata = v.object({
  client_name: v.string(),
  redirect_uris: v.array(url),
  token_endpoint_auth_method: v.optional(
    v.picklist(['client_secret_basic', 'client_secret_post', 'none']),
    'client_secret_post',
  ),
  grant_types: v.optional(v.array(v.picklist(['authorization_code', 'refresh_token'])), [
    'authorization_code',
    'refresh_token',
  ]),
  response_types: v.optional(v.array(v.literal('code')), ['code']),
  scope: v.optional(v.string(), KNOWN_SCOPES.join(' ')),
  client_uri: page,
  logo_uri: page,
  tos_uri: page,
  policy_uri: page,
  // Accepted and thrown away, as by Polar.
  default_sub_type: v.optional(v.picklist(['user', 'organization'])),
})

export type ClientMetadata = v.InferOutput<typeof clientMetadata>

/** What passes the form and is refused all the same. */
export function faultOf({ redirect_uris: uris, scope }: ClientMetadata): string | undefined {
  if (uris.some(({ host, hash }) => host === '' || hash !== '')) return 'redirect_uris'
  return scopesOf(scope).every(isKnownScope) ? undefined : 'scope'
}

export function scopesOf(scope: string): string[] {
  return scope.split(' ').filter((word) => word !== '')
}

const local = new BlockList()
local.addSubnet('127.0.0.0', 8)
local.addSubnet('10.0.0.0', 8)
local.addSubnet('172.16.0.0', 12)
local.addSubnet('192.168.0.0', 16)
local.addSubnet('169.254.0.0', 16)

/** `http` goes to IPv4 addresses of one's own network and to `localhost`: not to `[::1]`. */
function isSecureOrLocal({ protocol, hostname }: URL): boolean {
  if (protocol !== 'http:' || hostname === 'localhost') return true
  return hostname.endsWith('.localhost') || (isIPv4(hostname) && local.check(hostname))
}
