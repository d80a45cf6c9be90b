/**
 * The texts of all errors, for people. There is one text for each code, and a new code does not compile
 * without one. The code decides, never an English sentence of a server.
 */
import { ConnectError, isRetryable, type ErrorCode } from './errors.ts'
import { DEFAULT_PAUSE_SECONDS, MAX_PAUSE_SECONDS } from './runtime/limits.ts'
import { API_TEXTS } from './texts/api.ts'
import { WAIT, type ProblemAction, type Row } from './texts/row.ts'
import { SIGN_IN_TEXTS } from './texts/sign-in.ts'

export type { ProblemAction }

/**
 * How serious it is. A `notice` is a choice or a state. A `warning` passes, or the person can fix it. An
 * `error` is for the people who run the app.
 */
export type Severity = 'notice' | 'warning' | 'error'

/** What {@link problemText} returns. */
export interface ProblemText {
  /** The code of the text. `unknown` for errors without a code. */
  readonly code: ErrorCode
  readonly title: string
  readonly text: string
  readonly action: ProblemAction
  readonly severity: Severity
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
}

/** The values in the texts. Each has a default. */
export interface ProblemParams {
  /** The app's name. */
  readonly app?: string | undefined
  /** The organization's name. */
  readonly org?: string | undefined
  /** The organization that the person picked instead. */
  readonly picked?: string
  /** One object, as the page calls it: `order`. */
  readonly thing?: string
  /** Several objects: `your orders`. */
  readonly things?: string
  /** What a permission allows, as in `see your orders`. */
  readonly words?: string
  /** Seconds until the next try. Default: the time that the server named. */
  readonly seconds?: number
  /** How many fields were refused, and the name of the first. */
  readonly count?: number
  readonly field?: string
  /** Whether a sign-in failed. Then nothing continues by itself. */
  readonly signingIn?: boolean
  /** Whether the reader develops the app, which has a page of diagnostics for them. */
  readonly development?: boolean
}

/** Texts that promise to continue. They are not used after a failed sign-in. */
const COUNTDOWNS: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'rate_limited',
  'polar_unavailable',
  'polar_rate_limited',
])

/** A choice of the person, or a state to continue from. */
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

/** Codes for the people who run the app. All codes with the action `diagnostics` are too. */
const ERRORS: ReadonlySet<ErrorCode> = new Set(['page_crash', 'internal'])

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
  return textOf({ ...API_TEXTS, ...SIGN_IN_TEXTS }, error, params)
}

/**
 * The same, only for errors of sign-ins and sessions. It is half as large. The components of
 * `@polar-connect/react` use it.
 */
export function signInText(error: unknown, params: ProblemParams = {}): ProblemText {
  return textOf(SIGN_IN_TEXTS, error, params)
}

function textOf(
  texts: Readonly<Partial<Record<ErrorCode, Row>>>,
  error: unknown,
  params: ProblemParams,
): ProblemText {
  const { code: named, details } =
    error instanceof ConnectError ? error : { code: error, details: {} }
  const isKnown = typeof named === 'string' && Object.hasOwn(texts, named)
  const code = isKnown ? (named as ErrorCode) : 'unknown'
  const [title, text, wanted] = texts[code] ?? SIGN_IN_TEXTS.unknown
  const { signingIn = false, development = false } = params
  const values = valuesOf(details, params)
  const fill = (template: string) =>
    template
      .replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
      .replace(/^this app/, 'This app')
  const waits = signingIn && COUNTDOWNS.has(code)
  const isForOwner = wanted === 'diagnostics'
  const isForOther = isForOwner && !development
  const quote = isForOther && values['quote'] ? ' Contact support{quote}.' : ''
  return {
    code,
    title: fill(title),
    text: waits ? WAIT : fill(text + quote),
    action: waits ? 'connect' : isForOther ? 'home' : wanted,
    severity: NOTICES.has(code) ? 'notice' : isForOwner || ERRORS.has(code) ? 'error' : 'warning',
    retryable: isRetryable(code),
  }
}

function valuesOf(
  { origin = '', reference, retryAfterSeconds = DEFAULT_PAUSE_SECONDS }: ConnectError['details'],
  params: ProblemParams,
): Readonly<Record<string, string>> {
  const { seconds = Math.min(retryAfterSeconds, MAX_PAUSE_SECONDS), count = 1, field } = params
  return {
    app: params.app ?? 'this app',
    org: params.org ?? 'your organization',
    picked: params.picked ?? 'another organization',
    thing: params.thing ?? 'page',
    things: params.things ?? 'this',
    words: params.words ?? 'see this',
    time: seconds === 1 ? '1 second' : `${seconds} seconds`,
    toFix: count === 1 ? `1 thing to fix${field ? `: ${field}` : ''}` : `${count} things to fix`,
    quote: reference ? ` and quote ${reference}` : '',
    origin,
  }
}
