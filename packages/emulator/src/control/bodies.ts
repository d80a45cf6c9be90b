/** The bodies of the controls. Unknown members are refused. */
import * as v from 'valibot'
import { KNOWN_SCOPES } from '../world/scopes.ts'
import { DATASET_NAMES } from '../seed/dataset-name.ts'
import { PROFILE_NAMES } from '../world/profile.ts'

export const scopes = v.array(v.picklist(KNOWN_SCOPES, 'Unknown scope'))
const seconds = v.pipe(v.number(), v.integer(), v.minValue(1))

const delay = v.pipe(v.number(), v.minValue(0), v.maxValue(600_000))
export const delayRange = v.pipe(
  v.strictTuple([delay, delay]),
  v.check(([from, to]) => from <= to, 'The shortest delay comes first'),
)
export const issuerUrl = v.pipe(v.string(), v.url())

export const clockBody = v.union([
  v.strictObject({ advance_seconds: v.number() }),
  v.strictObject({ now: v.pipe(v.string(), v.isoTimestamp()) }),
  v.strictObject({ reset: v.literal(true) }),
])
export const settingsBody = v.partial(
  v.strictObject({
    access_token_lifetime: seconds,
    refreshed_access_token_lifetime: seconds,
    code_lifetime: seconds,
    organization_tokens: v.picklist(['current', 'documented']),
    rotate_refresh_tokens: v.boolean(),
    reject_reused_refresh_tokens: v.boolean(),
    refresh_grace_seconds: v.pipe(v.number(), v.minValue(0)),
    concurrent_refreshes: v.picklist(['stall', 'one_wins', 'all_win']),
    as_of: v.picklist(PROFILE_NAMES),
    issuer: v.nullable(issuerUrl),
    commit_delay_ms: delayRange,
    environment: v.picklist(['production', 'sandbox']),
    rate_limit: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    versions: v.nullable(v.pipe(v.array(v.string()), v.minLength(1))),
    removed_members: v.array(v.pipe(v.string(), v.regex(/^[A-Z]\w*\.\w+$/))),
    removed_scopes: v.array(v.string()),
  }),
)
export const clientBody = v.partial(
  v.strictObject({
    name: v.string(),
    description: v.string(),
    redirect_uris: v.array(v.pipe(v.string(), v.url())),
    scopes,
    grant_types: v.array(v.picklist(['authorization_code', 'refresh_token'])),
    auth_method: v.picklist(['client_secret_basic', 'client_secret_post', 'none']),
    rotate_secret: v.literal(true),
  }),
)
export const mintBody = v.strictObject({
  person: v.string(),
  client_id: v.optional(v.string()),
  organizations: v.optional(v.array(v.pipe(v.string(), v.uuid())), []),
  scopes,
  kind: v.optional(v.picklist(['user', 'organization']), 'user'),
})
export const newClientBody = v.strictObject({
  name: v.string(),
  redirect_uris: v.array(v.pipe(v.string(), v.url())),
  auth_method: v.optional(
    v.picklist(['client_secret_basic', 'client_secret_post', 'none']),
    'client_secret_post',
  ),
})
export const requestsQuery = v.object({
  limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number))),
})
export const resetBody = v.strictObject({
  dataset: v.exactOptional(v.picklist(DATASET_NAMES)),
  seed: v.exactOptional(v.pipe(v.number(), v.integer())),
})
export const personBody = v.strictObject({ person: v.string() })
