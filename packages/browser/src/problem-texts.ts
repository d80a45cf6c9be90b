/**
 * Every error in words for people: one catalogue over the closed list of codes, so that a new code
 * does not compile without its text. It goes by the code, never by an English sentence of a server.
 */
import { PROBLEMS, type ProblemRow } from '@polar-connect/protocol'
import { ConnectError, type ErrorCode } from './errors.ts'

/**
 * What a person can do about it. The app has the words of its buttons.
 *
 * - `connect`: begin the sign-in again. `reconnect`: the same for the connection that ended.
 * - `retry`: the same request again. `reload`: the page again.
 * - `grant`: allow one more permission.
 * - `fields`: correct the form. `address`: open the app at `details.origin`.
 * - `home`, `overview`, `list`: go there. `diagnostics`: the app's page for its developers.
 * - `none`: wait.
 */
export type ProblemAction =
  | 'connect'
  | 'reconnect'
  | 'retry'
  | 'reload'
  | 'grant'
  | 'fields'
  | 'address'
  | 'home'
  | 'overview'
  | 'list'
  | 'diagnostics'
  | 'none'

/**
 * How much it matters: a `notice` is a choice or a state, a `warning` passes or the person can fix
 * it, an `error` is for the people who run the app.
 */
export type Severity = 'notice' | 'warning' | 'error'

/** What {@link problemText} returns. */
export interface ProblemText {
  /** The code that the text belongs to; `unknown` for everything that has no code. */
  readonly code: ErrorCode
  readonly title: string
  readonly text: string
  readonly action: ProblemAction
  readonly severity: Severity
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
}

/** What the texts speak of. Each one has a default. */
export interface ProblemParams {
  /** The app's name. */
  readonly app?: string
  /** The organization's name. */
  readonly org?: string
  /** The organization that the person picked instead. */
  readonly picked?: string
  /** One object, in the words of the page: `order`. */
  readonly thing?: string
  /** Several of them: `your orders`. */
  readonly things?: string
  /** What a permission allows, as in `see your orders`. */
  readonly words?: string
  /** Seconds until the next try. By default those that the server named. */
  readonly seconds?: number
  /** How many fields were refused, and the name of the first. */
  readonly count?: number
  readonly field?: string
  /** Whether a sign-in failed: then nothing continues by itself. */
  readonly signingIn?: boolean
  /** Whether the reader develops the app, which has a page of diagnostics for them. */
  readonly development?: boolean
}

type Row = readonly [title: string, text: string, action: ProblemAction]

const OURS = 'This is a problem in {app}, not something you did.'
const OWNER = "The app's owner needs to check its Polar settings."
const WAIT = 'Wait a moment and try again.'
const REPEAT = 'Try again. If it keeps happening, contact support{quote}.'
const SAFE = 'We stopped to keep you safe.'
const NOT_RESPONDING = "Polar isn't responding right now"
const UNREADABLE = "Polar answered in a way we didn't understand"
const UNCONFIRMED = "We couldn't confirm this came from you"

const CHOOSE: Row = [
  'Choose an organization',
  "Pick the one to connect on Polar's page.",
  'connect',
]
const MALFORMED: Row = ["{app} sent something it shouldn't have", OURS, 'diagnostics']
const NOT_ALLOWED: Row = ["{app} isn't allowed to connect this way", OWNER, 'diagnostics']
const OUR_PROBLEM: Row = ['{app} had a problem', WAIT, 'retry']
const UNFINISHED: Row = ["Polar didn't finish the connection", REPEAT, 'connect']
const WRONG_PLACE: Row = ['The answer came from the wrong place', `${SAFE} Start again.`, 'connect']

const TEXTS = {
  'authorization_error.access_denied': [
    "You didn't allow access",
    'Nothing was connected. You can try again at any time.',
    'connect',
  ],
  'authorization_error.invalid_request': ["Polar couldn't read the request", OURS, 'diagnostics'],
  'authorization_error.invalid_scope': [
    "{app} asked for a permission it isn't set up for",
    "The app's owner needs to turn it on in Polar.",
    'diagnostics',
  ],
  'authorization_error.server_error': [
    'Polar had a problem',
    `Your account is fine. ${WAIT}`,
    'connect',
  ],
  'authorization_error.temporarily_unavailable': [
    'Polar is busy right now',
    'Wait a minute and try again.',
    'connect',
  ],
  'authorization_error.unauthorized_client': NOT_ALLOWED,
  'authorization_error.unsupported_response_type': [
    "{app} asked Polar for something it can't do",
    OURS,
    'diagnostics',
  ],
  'authorization_error.login_required': [
    'Sign in to Polar first',
    'Then you can connect.',
    'connect',
  ],
  'authorization_error.consent_required': [
    'Polar needs your approval',
    'Check what {app} will be able to do, then authorize it.',
    'connect',
  ],
  'authorization_error.interaction_required': [
    'Polar needs you for a moment',
    "Finish one step on Polar's page.",
    'connect',
  ],
  'authorization_error.account_selection_required': CHOOSE,
  'authorization_error.organization_required': CHOOSE,
  'authorization_error.invalid_sub': [
    "That organization can't be connected",
    'You may have lost access to it. Choose another one.',
    'connect',
  ],
  'authorization_error.invalid_request_uri': UNFINISHED,
  'authorization_error.invalid_request_object': UNFINISHED,
  'authorization_error.request_not_supported': UNFINISHED,
  'authorization_error.request_uri_not_supported': UNFINISHED,
  'authorization_error.registration_not_supported': UNFINISHED,
  'authorization_error.unknown': UNFINISHED,
  organization_mismatch: [
    'You picked {picked}',
    'To reconnect, pick {org}. Nothing changed.',
    'connect',
  ],
  state_mismatch: [
    UNCONFIRMED,
    `${SAFE} Two sign-ins may be open in different tabs. Start again in this tab.`,
    'connect',
  ],
  missing_code: [
    'The link from Polar is incomplete',
    'Part of the address got lost. Start again.',
    'connect',
  ],
  callback_replayed: [
    'This link was already used',
    'Each link works once. Start again.',
    'connect',
  ],
  transaction_missing: [
    'We lost track of this sign-in',
    'It may have started in another browser or a private window. Start again here.',
    'connect',
  ],
  transaction_expired: [
    'That took too long',
    'You have 10 minutes to finish. Start again.',
    'connect',
  ],
  issuer_mismatch: WRONG_PLACE,
  authorization_url_refused: WRONG_PLACE,
  owner_mismatch: ['Someone else started this sign-in', 'Start again as yourself.', 'connect'],

  invalid_grant: ['That sign-in took too long or was used already', 'Start again.', 'connect'],
  reauthorization_required: [
    '{app} no longer has access to {org}',
    'Reconnect to keep working on this page.',
    'reconnect',
  ],
  verifier_mismatch: [UNCONFIRMED, 'Start again in this tab.', 'connect'],
  misconfigured: [
    "This app isn't set up yet",
    "The app's owner needs to add its Polar keys.",
    'diagnostics',
  ],
  invalid_client: [
    "{app} isn't set up correctly",
    "Polar didn't accept its keys. The app's owner needs to check them.",
    'diagnostics',
  ],
  unauthorized_client: NOT_ALLOWED,
  invalid_request: MALFORMED,
  payload_too_large: MALFORMED,
  unsupported_media_type: MALFORMED,
  headers_too_large: MALFORMED,
  method_not_allowed: MALFORMED,
  rate_limited: ['Loading too fast', 'Continuing in {time}.', 'retry'],
  polar_unavailable: [NOT_RESPONDING, 'You stay connected. Trying again in {time}.', 'retry'],
  refresh_timeout: OUR_PROBLEM,
  coordinator_unavailable: OUR_PROBLEM,
  internal: OUR_PROBLEM,
  polar_invalid_response: [UNREADABLE, REPEAT, 'connect'],
  exchange_timeout: [
    'Polar is taking too long',
    "We don't know whether it worked. Start again.",
    'connect',
  ],
  id_token_invalid: [
    "The answer from Polar didn't check out",
    `${SAFE} If it keeps happening, check your computer's clock.`,
    'connect',
  ],
  cookies_blocked: [
    'Your browser is blocking cookies',
    'Allow cookies for this site, then try again.',
    'retry',
  ],
  storage_blocked: [
    'Your browser is blocking site data',
    'Sign-in needs it. Allow site data for this site, then try again.',
    'retry',
  ],
  insecure_context: [
    'This page needs a secure connection',
    'Open it over https, or on localhost.',
    'none',
  ],
  wrong_address: ['Open {app} at {origin}', 'Sign-in only works at that address.', 'address'],
  session_too_large: ["{app} couldn't save your session", OURS, 'diagnostics'],
  revoke_unconfirmed: [
    "You're disconnected here, but Polar didn't confirm",
    'We deleted our copy of the access, so nothing here can use it.',
    'home',
  ],
  csrf_rejected: ['We blocked that request', "It didn't come from {app}'s own page.", 'home'],
  owner_required: ['Sign in first', 'Then connect your Polar account.', 'home'],

  not_connected: ['Connect to see this page', 'Connect your Polar account to continue.', 'connect'],
  insufficient_scope: [
    'Allow access to see this',
    '{app} needs your permission to {words}.',
    'grant',
  ],
  not_permitted: [
    "You don't have access to this",
    'Ask an admin of {org} to give you access in Polar.',
    'overview',
  ],
  not_found: [
    "We couldn't find this {thing}",
    'It may be deleted, or belong to another organization.',
    'list',
  ],
  load_failed: ["We couldn't load {things}", 'Your access in Polar may have changed.', 'retry'],
  polar_version_gone: [
    '{app} needs an update',
    'Polar no longer supports the version it uses.',
    'diagnostics',
  ],
  gone: ['This {thing} is no longer available', 'It was removed in Polar.', 'list'],
  conflict: [
    'Someone changed this at the same time',
    'Reload to see the latest version, then try again.',
    'reload',
  ],
  validation: ['{toFix}', "Polar didn't accept what you entered.", 'fields'],
  polar_rate_limited: ['Polar asked us to slow down', 'Continuing in {time}.', 'retry'],
  upstream_error: [NOT_RESPONDING, `Your data is safe. ${WAIT}`, 'retry'],
  upstream_timeout: ['Polar is taking too long', WAIT, 'retry'],
  bad_response: [UNREADABLE, REPEAT, 'retry'],
  server_unreachable: ["This app's server isn't answering", WAIT, 'retry'],
  request_blocked: [
    'Something in your browser blocked this',
    'A content blocker may be on. Allow this site, then try again.',
    'retry',
  ],
  offline: ["You're offline", "We'll reload when you're back online.", 'none'],
  page_crash: ['This page stopped working', 'The rest of the app still works.', 'reload'],
  chunk_load: ['A new version is available', 'Reload to continue. Your drafts are kept.', 'reload'],
  page_not_found: ['Page not found', 'Check the address, or go back to the start.', 'home'],
  unknown: ["That didn't work", REPEAT, 'retry'],
} as const satisfies Record<ErrorCode, Row>

/** In place of a countdown if a sign-in failed. */
const COUNTDOWNS: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'polar_unavailable',
  'polar_rate_limited',
])

/** What a person chose, or only has to continue from. */
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
  'wrong_address',
  'chunk_load',
  'page_not_found',
])

/** For the people who run the app, beside all whose action is `diagnostics`. */
const ERRORS: ReadonlySet<ErrorCode> = new Set(['page_crash', 'internal'])

/** Beside the problems that the protocol marks so. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'polar_rate_limited',
  'upstream_error',
  'upstream_timeout',
  'server_unreachable',
  'internal',
])

/** If the server named no time, and the longest that is believed. */
const DEFAULT_SECONDS = 30
const MAX_SECONDS = 900

/**
 * Title, sentence and action for an error or a code, in English.
 *
 * @example
 * try {
 *   await polar.products.list()
 * } catch (error) {
 *   const { title, text } = problemText(error, { app: 'Ledger', things: 'your products' })
 *   show(title, text)
 * }
 */
export function problemText(error: unknown, params: ProblemParams = {}): ProblemText {
  const { code: named, details } =
    error instanceof ConnectError ? error : { code: error, details: {} }
  const code = isErrorCode(named) ? named : 'unknown'
  const { signingIn = false, development = false } = params
  const [title, text, wanted]: Row = TEXTS[code]
  const values = valuesOf(details, params)
  const fill = (template: string) =>
    template
      .replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
      .replace(/^this app/, 'This app')
  const rest = { code, severity: severityOf(code), retryable: isRetryable(code) }
  if (signingIn && COUNTDOWNS.has(code)) {
    return { ...rest, title: fill(title), text: WAIT, action: 'connect' }
  }
  if (wanted !== 'diagnostics' || development) {
    return { ...rest, title: fill(title), text: fill(text), action: wanted }
  }
  const quote = values['quote'] && ` Contact support${values['quote']}.`
  return { ...rest, title: fill(title), text: fill(text) + quote, action: 'home' }
}

function valuesOf(
  { origin = '', reference, retryAfterSeconds = DEFAULT_SECONDS }: ConnectError['details'],
  params: ProblemParams,
): Readonly<Record<string, string>> {
  const { seconds = Math.min(retryAfterSeconds, MAX_SECONDS), count = 1, field } = params
  return {
    app: params.app ?? 'this app',
    org: params.org ?? 'your organization',
    picked: params.picked ?? 'another organization',
    thing: params.thing ?? 'page',
    things: params.things ?? 'this',
    words: params.words ?? 'see this',
    time: seconds === 1 ? '1 second' : `${seconds} seconds`,
    toFix: count === 1 ? `1 thing to fix${field ? `: ${field}` : ''}` : `${count} things to fix`,
    quote: reference === undefined ? '' : ` and quote ${reference}`,
    origin,
  }
}

function severityOf(code: ErrorCode): Severity {
  if (NOTICES.has(code)) return 'notice'
  return TEXTS[code][2] === 'diagnostics' || ERRORS.has(code) ? 'error' : 'warning'
}

function isRetryable(code: ErrorCode): boolean {
  const problems: Readonly<Record<string, ProblemRow>> = PROBLEMS
  return RETRYABLE.has(code) || problems[code]?.retryable === true
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(TEXTS, value)
}
