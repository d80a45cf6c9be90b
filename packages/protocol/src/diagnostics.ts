/**
 * The checks of a deployment, in one form: the server checks itself, the page checks the browser, and
 * the diagnose command checks from outside.
 */
import type { ServerIdentity } from './session.ts'

interface CheckRow {
  readonly title: string
  /** Sign-in cannot work while this check fails. */
  readonly signIn?: true
}

/** Every check, in the order of display. */
export const CHECKS = {
  configuration: { title: 'Configuration', signIn: true },
  server: { title: 'Server reachable', signIn: true },
  polar: { title: 'Polar reachable', signIn: true },
  keys: { title: 'Signing keys', signIn: true },
  environment: { title: 'Environment', signIn: true },
  client_id: { title: 'Client ID', signIn: true },
  client_secret: { title: 'Client secret', signIn: true },
  redirect_uri: { title: 'Redirect URI to register', signIn: true },
  scopes: { title: 'Requested permissions', signIn: true },
  api_version: { title: 'Polar API version', signIn: true },
  cookies: { title: 'Cookies', signIn: true },
  session_secrets: { title: 'Session secrets', signIn: true },
  coordinator: { title: 'Shared lock', signIn: true },
  clock: { title: 'Clock', signIn: true },
  secure_context: { title: 'Secure context', signIn: true },
  storage: { title: 'Tab storage', signIn: true },
  emulator_faults: { title: 'Emulator faults', signIn: true },
  headers: { title: 'Page headers' },
  csrf: { title: 'Requests from other sites' },
  cross_tab: { title: 'Cross-tab messages' },
  locks: { title: 'Cross-tab lock' },
  security_txt: { title: 'Security contact' },
  changes: { title: 'Changes at Polar' },
  api: { title: 'Polar API in detail' },
  diagnostics: { title: "Server's own checks" },
  versions: { title: 'Versions' },
} as const satisfies Record<string, CheckRow>

/** The name of a check. */
export type CheckId = keyof typeof CHECKS

/** The label of each status. */
export const CHECK_WORDS = {
  ok: 'Passed',
  warning: 'Needs attention',
  failed: 'Failed',
  skipped: "Couldn't check",
} as const

/** The result of a check. */
export type CheckStatus = keyof typeof CHECK_WORDS

/** What a check found. It never holds a secret: masked ones show their last four characters. */
export interface Check {
  readonly id: CheckId
  readonly status: CheckStatus
  /** What was found. The first sentence of a failed check says what is wrong. */
  readonly detail: string
  /** How to fix it. */
  readonly fix?: string
  /** Each difference between Polar and what this release was built for. */
  readonly differences?: readonly Difference[]
}

/** A difference between Polar and what this release expects. */
export interface Difference {
  /** What differs, and the consequence. */
  readonly text: string
  /** Whether something stops working. */
  readonly breaks: boolean
}

/**
 * `GET /bff/diagnostics`: the checks of the server. Each answer sets a cookie that the next request
 * should send back. With `?probe` the answer only sets the cookie, and is empty (204).
 */
export interface DiagnosticsAnswer {
  readonly checks: readonly Check[]
  readonly server: ServerIdentity
  /** Where people should open the app. */
  readonly app_origin: string
  /** The redirect URI to register at Polar, exactly. */
  readonly redirect_uri: string
  readonly server_time: string
  /** Whether {@link SignInsAnswer} can be asked for. Absent from an older server. */
  readonly tells_sign_ins?: boolean
}

/** `GET /bff/diagnostics?faults`: what is wrong with the emulator on purpose. 404 at any other Polar. */
export interface FaultsAnswer {
  /** The name of each fault that is on. */
  readonly faults: readonly string[]
}

/**
 * `GET /bff/diagnostics?sign_ins`: the latest sign-ins, newest first. 404 unless only developers sign
 * in: with the emulator, or with an app that is opened on this computer.
 */
export interface SignInsAnswer {
  readonly sign_ins: readonly SignInTrace[]
}

/** One sign-in, step by step. It holds no code, state, verifier, token or cookie. */
export interface SignInTrace {
  readonly id: string
  readonly started_at: string
  readonly result: 'under_way' | 'connected' | 'failed'
  /** Of a failed one: the problem's code, as in `authorization_error.access_denied`. */
  readonly code?: string
  /** Of a failed one: what the page and the log say too. */
  readonly reference?: string
  readonly steps: readonly SignInStep[]
}

/** Who takes part in a sign-in. */
export type Party = 'browser' | 'server' | 'polar'

export interface SignInStep {
  readonly from: Party
  /** The same as `from` if it asks no one. */
  readonly to: Party
  /** One sentence, in English. */
  readonly text: string
  /** What was sent and answered: names, counts and Polar's own log. */
  readonly details: readonly string[]
  readonly milliseconds?: number
  /** `not_seen`: it happened before the server began to listen, or elsewhere. */
  readonly status: 'done' | 'failed' | 'not_reached' | 'not_seen'
}

/** ID tokens are accepted with this tolerance. A larger difference of clocks can fail sign-ins. */
export const MAX_CLOCK_SKEW_SECONDS = 60

const SEVERITY: readonly CheckStatus[] = ['skipped', 'ok', 'warning', 'failed']
const SLOW_MS = 2000

/** Joins checks of the same id into the worst of them, in the order of {@link CHECKS}. */
export function joinChecks(checks: readonly Check[]): readonly Check[] {
  const joined = new Map<CheckId, Check>()
  for (const check of checks) {
    const other = joined.get(check.id)
    joined.set(check.id, other === undefined ? check : join(other, check))
  }
  const order = Object.keys(CHECKS)
  return [...joined.values()].sort(
    (left, right) => order.indexOf(left.id) - order.indexOf(right.id),
  )
}

/** What all checks together say about sign-in. */
export interface Verdict {
  /** Undefined: a check that sign-in depends on could not be made. */
  readonly works: boolean | undefined
  /** One or two sentences. */
  readonly text: string
}

/**
 * Whether sign-in works. It works only if every check that it depends on was made, and passed.
 *
 * @example
 * verdictOf(checks).text // "Sign-in can't work: Polar refused the client secret."
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  const needed = checks.filter(({ id }) => isNeeded(id))
  const failed = needed.find(({ status }) => status === 'failed')
  if (failed !== undefined) {
    const [reason] = failed.detail.split(/(?<=\.) /)
    return { works: false, text: `Sign-in can't work: ${reason}` }
  }
  if (needed.length === 0 || needed.some(({ status }) => status === 'skipped')) {
    return { works: undefined, text: "Couldn't check whether sign-in works." }
  }
  const open = checks.filter(({ status }) => status === 'warning' || status === 'failed').length
  const things = open === 1 ? '1 thing needs' : `${open} things need`
  return { works: true, text: `Sign-in works.${open > 0 ? ` ${things} attention.` : ''}` }
}

/** `12 passed, 1 failed, 4 not checked` */
export function summariseChecks(checks: readonly Check[]): string {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length
  const [failed, warnings, skipped] = [count('failed'), count('warning'), count('skipped')]
  return [
    `${count('ok')} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'needs' : 'need'} attention`] : []),
    ...(skipped > 0 ? [`${skipped} not checked`] : []),
  ].join(', ')
}

/** The parts of a `GET /bff/health` answer that {@link checkHealth} reads. */
export interface HealthAnswer {
  readonly status: number
  /** The JSON body, or null. */
  readonly body: unknown
  /** The `Location` header of a redirect. */
  readonly location?: string | undefined
}

/**
 * The check `server`.
 *
 * @param answer of `GET /bff/health`; undefined if none came.
 * @param milliseconds from the request to the answer.
 */
export function checkHealth(answer: HealthAnswer | undefined, milliseconds: number): Check {
  const id = 'server'
  const fix =
    'Start it with the dev command, or check that the deployment routes /bff to the server.'
  if (answer === undefined) {
    return { id, status: 'failed', detail: '/bff/health does not answer.', fix }
  }
  if (answer.location !== undefined) {
    const detail = `/bff/health redirects to ${answer.location}.`
    return { id, status: 'failed', detail, fix: 'Check that address instead.' }
  }
  const { status } = (answer.body ?? {}) as { readonly status?: unknown }
  if (status === 'shutting_down') {
    const detail = 'The server is shutting down.'
    return { id, status: 'failed', detail, fix: 'Check again when the new one has started.' }
  }
  if (status !== 'ok') {
    const detail = `/bff/health answers ${answer.status} without {"status":"ok"}.`
    return { id, status: 'failed', detail, fix }
  }
  const detail = `/bff/health answers in ${Math.round(milliseconds)} ms.`
  if (milliseconds < SLOW_MS) return { id, status: 'ok', detail }
  return { id, status: 'warning', detail, fix: 'Look for a cold start or a distant region.' }
}

/** The check whose result is a list of differences. It fails if one of them breaks something. */
export function describeDifferences(id: CheckId, differences: readonly Difference[]): Check {
  const count = differences.length
  if (count === 0) return { id, status: 'ok', detail: 'Polar is as this release knows it.' }
  const breaking = differences.filter(({ breaks }) => breaks).length
  const words = `${count} ${count === 1 ? 'difference' : 'differences'}`
  if (breaking === 0) {
    return { id, status: 'ok', detail: `${words}. Nothing breaks.`, differences }
  }
  return {
    id,
    status: 'failed',
    detail: `${words}. ${breaking} of them ${breaking === 1 ? 'breaks' : 'break'} something.`,
    fix: 'Update Polar Connect.',
    differences,
  }
}

/** `10 minutes ahead of`, `4 seconds behind`. `skew` is in whole seconds. */
export function describeSkew(skew: number): string {
  const size = Math.abs(skew)
  const [amount, unit] = size < 120 ? [size, 'second'] : [Math.round(size / 60), 'minute']
  return `${amount} ${unit}${amount === 1 ? '' : 's'} ${skew > 0 ? 'ahead of' : 'behind'}`
}

function isNeeded(id: CheckId): boolean {
  const row: CheckRow = CHECKS[id]
  return row.signIn === true
}

function join(left: Check, right: Check): Check {
  const rightIsWorse = SEVERITY.indexOf(right.status) > SEVERITY.indexOf(left.status)
  const [worse, other] = rightIsWorse ? [right, left] : [left, right]
  const fix = [worse.fix, other.fix].filter((text) => text !== undefined).join(' ')
  const differences = [...(worse.differences ?? []), ...(other.differences ?? [])]
  return {
    id: left.id,
    status: worse.status,
    detail: `${worse.detail} ${other.detail}`,
    ...(fix !== '' && { fix }),
    ...(differences.length > 0 && { differences }),
  }
}
