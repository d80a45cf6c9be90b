/**
 * Every error as a person reads it: one catalogue, total over the closed list of codes, so that a
 * new code does not compile without its text. Texts go by code and never by anybody's English.
 */
import { ConnectError, type ErrorCode } from './errors.ts'

/** What can be done about it; the button's words are the app's, by this key. */
export type ProblemAction =
  | 'connect'
  | 'reconnect'
  | 'retry'
  | 'grant'
  | 'home'
  | 'overview'
  | 'list'
  | 'diagnostics'
  | 'reload'
  | 'fields'
  | 'none'

/**
 * How much it matters: a `notice` is a choice or a state that nobody has to mend, a `warning` passes or
 * is in the person's hands, an `error` is for whoever runs the app.
 */
export type Severity = 'notice' | 'warning' | 'error'

export interface ProblemText {
  /** The key of the catalogue: `unknown` for whatever is not in it. */
  readonly code: ErrorCode
  readonly title: string
  readonly text: string
  readonly action: ProblemAction
  readonly severity: Severity
  /** Whether the same call may succeed by itself a moment later. */
  readonly retryable: boolean
}

/** What a text speaks of. */
export interface ProblemParams {
  /** The app's name. */
  readonly app?: string
  /** The organization's name. */
  readonly org?: string
  /** In the words of the page: `orders`, `order`. */
  readonly thing?: string
  readonly seconds?: number
  /** Permissions in human words. */
  readonly words?: string
  /** How many fields were refused. */
  readonly count?: number
  /** Whether it broke off a sign-in, so that nothing goes on by itself. */
  readonly signingIn?: boolean
}

type Entry = (params: Required<ProblemParams>) => Pick<ProblemText, 'title' | 'text' | 'action'>

const entry =
  (title: string, text: string, action: ProblemAction): Entry =>
  ({ app, org, thing, seconds, words }) => {
    const time = seconds === 1 ? '1 second' : `${seconds} seconds`
    const values: Record<string, string> = { app, org, thing, seconds: time, words }
    const fill = (template: string) =>
      template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
    return { title: fill(title), text: fill(text), action }
  }

const OURS = 'This is a problem in {app}, not something you did.'
const NOT_RESPONDING = "Polar isn't responding right now"
const UNREADABLE = "Polar answered in a way we didn't understand"
const UPDATE = 'Try again. If it keeps happening, {app} may need an update.'
const KEEPS_HAPPENING = 'Try again. If it keeps happening, contact {app} with the reference below.'
const UNCONFIRMED = "We couldn't confirm this came from you"
const WAIT = 'Wait a moment and try again.'
const COUNTDOWN = 'Trying again in {seconds}.'

/** One that counts down to another try, and leaves that to the person where a sign-in broke off. */
const countdown = (title: string, meanwhile = '', account = ''): Entry => {
  const waiting = entry(title, `${meanwhile}${COUNTDOWN}`, 'retry')
  const brokenOff = entry(title, `${account}${WAIT}`, 'connect')
  return (params) => (params.signingIn ? brokenOff : waiting)(params)
}

const malformed = entry("{app} sent something it shouldn't have", OURS, 'diagnostics')
const ended = entry(
  'Your Polar session ended',
  'Reconnect to keep working on this page.',
  'reconnect',
)
const ourProblem = entry('{app} had a problem', WAIT, 'retry')
const notAllowedThisWay = entry(
  "{app} isn't allowed to connect this way",
  'The people who run {app} need to check its settings in Polar.',
  'diagnostics',
)
const unsupported = entry("{app} asked Polar for something it doesn't support", OURS, 'diagnostics')
const unknownAuthorization = entry(
  "Polar didn't complete the connection",
  KEEPS_HAPPENING,
  'connect',
)

const TEXTS = {
  'authorization_error.access_denied': entry(
    "You didn't allow access",
    'Nothing was connected. You can try again whenever you want.',
    'connect',
  ),
  'authorization_error.invalid_request': entry(
    "Polar couldn't read the request",
    OURS,
    'diagnostics',
  ),
  'authorization_error.invalid_scope': entry(
    "{app} asked for a permission it isn't set up for",
    'The people who run {app} need to enable it in Polar first.',
    'diagnostics',
  ),
  'authorization_error.server_error': entry(
    'Polar had a problem',
    'Your account is fine. Wait a moment and try again.',
    'connect',
  ),
  'authorization_error.temporarily_unavailable': entry(
    'Polar is busy right now',
    'Wait a minute and try again.',
    'connect',
  ),
  'authorization_error.unauthorized_client': notAllowedThisWay,
  'authorization_error.unsupported_response_type': unsupported,
  'authorization_error.login_required': entry(
    'Sign in to Polar first',
    'Polar needs you to sign in before it can connect.',
    'connect',
  ),
  'authorization_error.consent_required': entry(
    'Polar needs your approval',
    'Review what {app} may do, then allow it.',
    'connect',
  ),
  'authorization_error.interaction_required': entry(
    'Polar needs you for a moment',
    "Finish one step on Polar's page to continue.",
    'connect',
  ),
  'authorization_error.account_selection_required': entry(
    'Choose an organization',
    'Pick which organization to connect.',
    'connect',
  ),
  'authorization_error.invalid_sub': entry(
    "That organization can't be connected",
    'You may have lost access to it. Choose another one.',
    'connect',
  ),
  'authorization_error.organization_required': entry(
    'Choose an organization to connect',
    '{app} works with one organization at a time.',
    'connect',
  ),
  'authorization_error.invalid_request_uri': unknownAuthorization,
  'authorization_error.invalid_request_object': unknownAuthorization,
  'authorization_error.request_not_supported': unknownAuthorization,
  'authorization_error.request_uri_not_supported': unknownAuthorization,
  'authorization_error.registration_not_supported': unknownAuthorization,
  'authorization_error.unknown': unknownAuthorization,
  state_mismatch: entry(
    UNCONFIRMED,
    'For your safety we stopped. This can happen when two connections are open in different tabs. Start again in this tab.',
    'connect',
  ),
  missing_code: entry(
    'The link from Polar is incomplete',
    'Part of the address was lost on the way. Start again.',
    'connect',
  ),
  callback_replayed: entry(
    'This link was already used',
    'Each link works once. Start again to connect.',
    'connect',
  ),
  transaction_missing: entry(
    'We lost track of this connection',
    'It was started in another browser or private window, or cookies are blocked. Start again here.',
    'connect',
  ),
  transaction_expired: entry(
    'That took too long',
    'For your safety a connection has 10 minutes to finish. Start again.',
    'connect',
  ),
  issuer_mismatch: entry(
    'The answer came from the wrong place',
    'For your safety we stopped. Start again.',
    'connect',
  ),
  organization_mismatch: entry(
    'Another organization was chosen',
    'Nothing was changed. Start again and choose the organization that you want to reconnect.',
    'connect',
  ),
  owner_mismatch: entry('Someone else started this sign-in', 'Start again as yourself.', 'connect'),
  authorization_url_refused: entry(
    'The answer came from the wrong place',
    'For your safety we stopped. Start again.',
    'connect',
  ),
  invalid_grant: entry(
    'That connection link expired',
    'It was used already or was too old. Start again.',
    'connect',
  ),
  reauthorization_required: ended,
  verifier_mismatch: entry(UNCONFIRMED, 'Start again in this tab.', 'connect'),
  invalid_client: entry(
    "{app} isn't set up correctly",
    "Polar didn't recognize it. The people who run {app} need to check its keys.",
    'diagnostics',
  ),
  misconfigured: entry(
    "This app isn't set up yet",
    "The app's owner needs to add its Polar keys.",
    'diagnostics',
  ),
  unauthorized_client: notAllowedThisWay,
  invalid_request: malformed,
  rate_limited: countdown('Too many tries in a short time'),
  polar_unavailable: countdown(
    NOT_RESPONDING,
    'Your account is fine and you stay connected. ',
    'Your account is fine. ',
  ),
  refresh_timeout: ourProblem,
  coordinator_unavailable: ourProblem,
  polar_invalid_response: entry(UNREADABLE, UPDATE, 'connect'),
  polar_version_gone: entry(
    '{app} needs an update',
    'Polar no longer supports the version it uses.',
    'diagnostics',
  ),
  internal: ourProblem,
  exchange_timeout: entry(
    'Polar is taking too long',
    'Nothing was connected. Start again.',
    'connect',
  ),
  id_token_invalid: entry(
    "The answer from Polar didn't check out",
    "For your safety we stopped. If it keeps happening, check your computer's clock.",
    'connect',
  ),
  cookies_blocked: entry(
    'Your browser is blocking cookies',
    'Allow cookies for this site, then try again.',
    'retry',
  ),
  insecure_context: entry(
    'This page needs a secure connection',
    'Open it over https, or on localhost.',
    'none',
  ),
  session_too_large: entry("{app} couldn't save your session", OURS, 'diagnostics'),
  csrf_rejected: entry(
    'We blocked that request',
    "It didn't come from this site. Reload the page and try again.",
    'reload',
  ),
  payload_too_large: malformed,
  unsupported_media_type: malformed,
  headers_too_large: malformed,
  method_not_allowed: malformed,
  not_connected: entry(
    'Connect to see this page',
    'Connect your Polar account to continue.',
    'connect',
  ),
  owner_required: entry('Sign in first', 'Then connect your Polar account.', 'home'),
  insufficient_scope: entry(
    'This page needs one more permission',
    'To show {thing}, {app} needs permission to: {words}.',
    'grant',
  ),
  not_permitted: entry(
    "You don't have access to this",
    'Ask an admin of {org} to give you access in Polar.',
    'overview',
  ),
  not_found: entry(
    "We couldn't find this {thing}",
    'It may have been deleted, or it belongs to another organization.',
    'list',
  ),
  gone: entry('This {thing} is no longer available', 'It was removed in Polar.', 'list'),
  conflict: entry(
    'Someone changed this at the same time',
    'Reload to see the latest version, then try again.',
    'reload',
  ),
  validation: ({ count }) => ({
    title: count === 1 ? 'Check 1 field' : `Check ${count} fields`,
    text: "Polar didn't accept what you entered.",
    action: 'fields',
  }),
  polar_rate_limited: countdown('Polar asked us to slow down'),
  upstream_error: entry(NOT_RESPONDING, `Your data is safe. ${WAIT}`, 'retry'),
  upstream_timeout: entry('Polar is taking too long', WAIT, 'retry'),
  bad_response: entry(UNREADABLE, UPDATE, 'retry'),
  server_unreachable: entry("This app's server isn't answering", WAIT, 'retry'),
  offline: entry("You're offline", "We'll reload when you're back online.", 'none'),
  revoke_unconfirmed: entry(
    "You're disconnected on this device, but Polar didn't confirm",
    'To be sure, remove the app in your Polar settings.',
    'home',
  ),
  page_crash: entry('This page stopped working', 'The rest of the app still works.', 'reload'),
  chunk_load: entry(
    'A new version is available',
    'Reload to continue. Nothing you typed is lost.',
    'reload',
  ),
  page_not_found: entry('Page not found', 'Check the address, or go back to the start.', 'home'),
  unknown: entry("That didn't work", KEEPS_HAPPENING, 'retry'),
} as const satisfies Record<ErrorCode, Entry>

/** What a person chose, or has only to go on from. */
const NOTICES: ReadonlySet<ErrorCode> = new Set([
  'authorization_error.access_denied',
  'authorization_error.login_required',
  'authorization_error.consent_required',
  'authorization_error.interaction_required',
  'authorization_error.account_selection_required',
  'authorization_error.organization_required',
  'callback_replayed',
  'not_connected',
  'owner_required',
  'insufficient_scope',
  'chunk_load',
  'page_not_found',
])

const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'upstream_error',
  'upstream_timeout',
  'polar_unavailable',
  'refresh_timeout',
  'coordinator_unavailable',
  'server_unreachable',
  'internal',
])

/** Where Polar names no time, half a minute; never over fifteen. */
const DEFAULT_SECONDS = 30
const MAX_SECONDS = 900

/** The title, the one sentence and the action for `error`, or for a code, in English. */
export function problemText(error: unknown, params: ProblemParams = {}): ProblemText {
  const named = error instanceof ConnectError ? error.code : error
  const code = isErrorCode(named) ? named : 'unknown'
  const after = error instanceof ConnectError ? error.details.retryAfterSeconds : undefined
  const words = TEXTS[code]({
    app: 'This app',
    org: 'your organization',
    thing: 'page',
    words: '',
    count: 1,
    signingIn: false,
    seconds: Math.min(after ?? DEFAULT_SECONDS, MAX_SECONDS),
    ...params,
  })
  const severity = NOTICES.has(code)
    ? 'notice'
    : words.action === 'diagnostics' || code === 'page_crash' || code === 'internal'
      ? 'error'
      : 'warning'
  return { code, ...words, severity, retryable: RETRYABLE.has(code) }
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(TEXTS, value)
}
