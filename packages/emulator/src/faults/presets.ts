/**
 * Ready-made faults, named after the problem. `effect` says what a person should see in an app.
 * Quoted texts are from the dashboard of this repository.
 */
import * as v from 'valibot'
import { faultBody, type FaultRule } from './fault.ts'

export interface Preset {
  readonly slug: string
  readonly title: string
  readonly effect: string
  readonly rule: FaultRule
}

const TOKEN = '/v1/oauth2/token'
/** All API calls with an access token. */
const DATA = { path_contains: '/v1/', path_excludes: '/v1/oauth2' }
const CODE = { path_contains: TOKEN, grant_type: 'authorization_code' } as const
const NO_METHOD =
  "The client cannot authenticate with methods: ['client_secret_basic', 'client_secret_post', 'none']"
const NOT_RESPONDING = 'The app should say: "Polar isn\'t responding right now"'
const NOT_UNDERSTOOD = 'The app should say: "Polar answered in a way we didn\'t understand"'
const LINK_EXPIRED = 'The app should say: "That sign-in took too long or was used already"'
const NOT_CHECKED_OUT = 'The app should say: "The answer from Polar didn\'t check out"'

export const PRESETS: readonly Preset[] = [
  preset('polar-is-down', 'Polar is down (503)', NOT_RESPONDING, {
    path_contains: '/v1/',
    status: 503,
    body: 'Service Unavailable',
  }),
  // The dashboard shows "slow" after five seconds. Eight seconds keep it visible for a while.
  preset('slow-answers', 'Slow answers (8 s)', 'The app should say: "Polar is slow right now"', {
    path_contains: '/v1/',
    delay_ms: 8000,
  }),
  preset(
    'rate-limit',
    'Rate limit (429, retry after 20 s)',
    'The app should say: "Polar asked us to slow down"',
    { ...DATA, status: 429, headers: { 'Retry-After': '20' } },
  ),
  preset('drop-connections', 'Drop connections', NOT_RESPONDING, {
    path_contains: '/v1/',
    kind: 'drop',
  }),
  preset('token-endpoint-fails', 'Token endpoint fails (500)', NOT_RESPONDING, {
    path_contains: TOKEN,
    status: 500,
    body: 'Internal Server Error',
  }),
  preset('code-already-used', 'Code already used', LINK_EXPIRED, {
    ...CODE,
    status: 400,
    body: { error: 'invalid_grant', error_description: "Invalid 'code' in request." },
  }),
  preset('code-expired', 'Code expired', LINK_EXPIRED, {
    ...CODE,
    status: 400,
    body: { error: 'invalid_grant', error_description: "Invalid 'code' in request." },
  }),
  preset(
    'wrong-client-secret',
    'Wrong client secret',
    'The app should say: "isn\'t set up correctly"',
    {
      path_contains: TOKEN,
      status: 401,
      headers: {
        'WWW-Authenticate': `Basic error="invalid_client", error_description="${NO_METHOD}"`,
      },
      body: { error: 'invalid_client', error_description: NO_METHOD },
    },
  ),
  preset(
    'authorization-server-error',
    'Authorization server_error',
    'The app should say: "Polar had a problem"',
    { authorization_error: 'server_error' },
  ),
  preset(
    'authorization-temporarily-unavailable',
    'Authorization temporarily_unavailable',
    'The app should say: "Polar is busy right now"',
    { authorization_error: 'temporarily_unavailable' },
  ),
  preset(
    'state-altered',
    'State altered',
    'The app should say: "We couldn\'t confirm this came from you"',
    { callback: 'altered_state' },
  ),
  preset(
    'permission-missing',
    'Permission missing (403)',
    'The app should say: "Allow access to see this"',
    {
      ...DATA,
      status: 403,
      headers: {
        'WWW-Authenticate':
          'Bearer realm="polar", scope="products:read products:write", error="insufficient_scope"',
      },
      body: {
        error: 'insufficient_scope',
        error_description:
          'The request requires higher privileges than provided by the access token.',
      },
    },
  ),
  preset(
    'not-permitted',
    'Not permitted (403)',
    'The app should say: "You don\'t have access to this"',
    { ...DATA, status: 403, body: { error: 'NotPermitted', detail: 'Not permitted' } },
  ),
  preset(
    'not-found',
    'Not found (404)',
    'On an order the app should say: "We couldn\'t find this order"',
    {
      ...DATA,
      status: 404,
      body: { error: 'ResourceNotFound', detail: 'Not found' },
    },
  ),
  preset(
    'conflict',
    'Conflict (409)',
    'The app should say: "Someone changed this at the same time"',
    {
      ...DATA,
      status: 409,
      body: { error: 'ResourceAlreadyExists', detail: 'It exists already.' },
    },
  ),
  preset(
    'validation-error',
    'Validation error (422)',
    'In the form of a checkout link the app should say at the name: "Not valid"',
    {
      ...DATA,
      status: 422,
      body: {
        error: 'RequestValidationError',
        detail: [{ type: 'value_error', loc: ['body', 'label'], msg: 'Not valid', input: '' }],
      },
    },
  ),
  preset('malformed-json', 'Malformed JSON', NOT_UNDERSTOOD, {
    path_contains: '/v1/',
    kind: 'malformed',
  }),
  preset(
    'unknown-status-value',
    'Unknown status value',
    'The app should show every row, whatever its status',
    { ...DATA, kind: 'unknown_status' },
  ),
  preset('clock-off', 'Clock 5 minutes off', NOT_CHECKED_OUT, { clock_offset_seconds: 300 }),
  preset(
    'answer-lost',
    'Refresh answer lost',
    'The app should say: "no longer has access". Only connecting again helps: no one has the new tokens',
    { path_contains: TOKEN, grant_type: 'refresh_token', kind: 'drop_after_commit', times: 1 },
  ),
  preset('answer-late', 'Refresh answer 5 s late', 'The app should wait, and not refresh twice', {
    path_contains: TOKEN,
    grant_type: 'refresh_token',
    delay_after_ms: 5000,
    times: 1,
  }),
  preset(
    'tokens-known-late',
    'New tokens known 2 s late',
    'The app should try the same token again: Polar refuses it at first',
    { path_contains: TOKEN, commit_after_ms: 2000 },
  ),
  preset('id-token-of-another-client', 'ID token of another client', NOT_CHECKED_OUT, {
    id_token: 'audience',
  }),
  preset('id-token-of-another-key', 'ID token signed by an unknown key', NOT_CHECKED_OUT, {
    id_token: 'unknown_key',
  }),
]

function preset(
  slug: string,
  title: string,
  effect: string,
  rule: v.InferInput<typeof faultBody>,
): Preset {
  return { slug, title, effect, rule: v.parse(faultBody, rule) }
}
