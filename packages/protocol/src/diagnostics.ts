/**
 * The checks of a deployment, in one form for all who make them: the server of its own half, the page
 * of the browser's, and the command of what can be seen from outside.
 */
import type { ServerIdentity } from './session.ts'

/** Every check, in the order in which they are shown. */
export const CHECK_TITLES = {
  configuration: 'Configuration',
  server: 'Server reachable',
  polar: 'Polar reachable',
  keys: 'Signing keys',
  environment: 'Environment',
  client_id: 'Client ID',
  client_secret: 'Client secret',
  redirect_uri: 'Redirect URI to register',
  scopes: 'Requested permissions',
  cookies: 'Cookies',
  headers: 'Page headers',
  csrf: 'Calls from other sites',
  session_secrets: 'Session secrets',
  coordinator: 'Coordinator',
  clock: 'Clock',
  security_txt: 'Security contact',
  secure_context: 'Secure context',
  storage: 'Tab storage',
  cross_tab: 'Cross-tab messages',
  locks: 'Cross-tab lock',
  diagnostics: "Server's own checks",
  versions: 'Versions',
} as const

export type CheckId = keyof typeof CHECK_TITLES

export const CHECK_WORDS = {
  ok: 'Passed',
  warning: 'Needs attention',
  failed: 'Failed',
  skipped: 'Skipped',
} as const

export type CheckStatus = keyof typeof CHECK_WORDS

/** What was found. No member ever holds a secret: a masked one shows its last four characters. */
export interface Check {
  readonly id: CheckId
  readonly status: CheckStatus
  /** One or two sentences for developers. */
  readonly detail: string
  /** What to do, where something is to be done. */
  readonly fix?: string
}

/**
 * `GET /bff/diagnostics`: the server's half. Each answer sets a cookie that the next call is expected
 * to bring back; with `?probe` nothing else happens, and the answer is empty (204).
 */
export interface DiagnosticsAnswer {
  readonly checks: readonly Check[]
  readonly server: ServerIdentity
  /** Where people are expected to open the app. */
  readonly app_origin: string
  /** What must be registered at Polar, byte for byte. */
  readonly redirect_uri: string
  readonly server_time: string
}

/** Further from true than this, a clock fails sign-ins: ID tokens are taken with the same tolerance. */
export const MAX_CLOCK_SKEW_SECONDS = 60

const SEVERITY: readonly CheckStatus[] = ['skipped', 'ok', 'warning', 'failed']

/** Halves of the same check become one, as bad as the worse of them; all in the order of the list. */
export function joinChecks(checks: readonly Check[]): readonly Check[] {
  const joined = new Map<CheckId, Check>()
  for (const check of checks) {
    const other = joined.get(check.id)
    joined.set(check.id, other === undefined ? check : join(other, check))
  }
  const order = Object.keys(CHECK_TITLES)
  return [...joined.values()].sort(
    (left, right) => order.indexOf(left.id) - order.indexOf(right.id),
  )
}

/** `9 checks passed, 1 needs attention` */
export function summariseChecks(checks: readonly Check[]): string {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length
  const [passed, failed] = [count('ok'), count('failed')]
  const [warnings, skipped] = [count('warning'), count('skipped')]
  return [
    `${passed} ${passed === 1 ? 'check' : 'checks'} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'needs' : 'need'} attention`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ')
}

/** `10 minutes ahead of`, `4 seconds behind`, for `skew` in whole seconds. */
export function describeSkew(skew: number): string {
  const size = Math.abs(skew)
  const [amount, unit] = size < 120 ? [size, 'second'] : [Math.round(size / 60), 'minute']
  return `${amount} ${unit}${amount === 1 ? '' : 's'} ${skew > 0 ? 'ahead of' : 'behind'}`
}

function join(left: Check, right: Check): Check {
  const worse = SEVERITY.indexOf(right.status) > SEVERITY.indexOf(left.status) ? right : left
  const fix = [left.fix, right.fix].filter((text) => text !== undefined).join(' ')
  return {
    id: left.id,
    status: worse.status,
    detail: `${left.detail} ${right.detail}`,
    ...(fix !== '' && { fix }),
  }
}
