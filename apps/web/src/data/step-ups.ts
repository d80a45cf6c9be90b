/**
 * Permissions that this visit asked for in vain. If Polar returns without one, the app asks once more,
 * and then stops, so that no one goes round in circles.
 */
import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import { useLocation } from 'react-router'
import { readJson, tabStorage } from './storage.ts'

const KEY = 'polar-connect:step-ups'
const TRIES = 2
const NOT_ENABLED = 'authorization_error.invalid_scope'
/** For a page that would ask for such a permission. */
export const NOT_ENABLED_ERROR = new ConnectError(NOT_ENABLED)

/** Denied by the person, or not enabled for the app. Then another try cannot work. */
const FAILURES = {
  'authorization_error.access_denied': 'denied',
  [NOT_ENABLED]: 'not_enabled',
} as const satisfies Partial<Record<ErrorCode, string>>

type StepUpCode = keyof typeof FAILURES

/** In the history entry of the page that the person is back at. */
export interface StepUpState {
  readonly stepUp: StepUpCode
}

export interface StepUpReturn {
  readonly failure: (typeof FAILURES)[StepUpCode]
  readonly error: ConnectError
}

/** Whether `error` leaves the connection as it was, so that the person can go on. */
export function isStepUpFailure(error: ConnectError): boolean {
  return Object.hasOwn(FAILURES, error.code)
}

/** How the person came back to this page, if from a step-up that failed. */
export function useStepUpReturn(): StepUpReturn | undefined {
  const code = (useLocation().state as Partial<StepUpState> | null)?.stepUp
  if (code === undefined || !Object.hasOwn(FAILURES, code)) return undefined
  return { failure: FAILURES[code], error: new ConnectError(code) }
}

/** Notes that `scopes` were asked for and not granted. */
export function noteStepUp(scopes: readonly string[], { code }: ConnectError): void {
  const noted = read()
  for (const scope of scopes) noted[scope] = [...(noted[scope] ?? []), code]
  tabStorage.set(KEY, JSON.stringify(noted))
}

/** Whether it is worth asking for `scope` again in this visit, and if not, why. */
export function decideStepUp(scope: string): 'ask' | 'asked_enough' | 'not_enabled' {
  const codes = read()[scope] ?? []
  if (codes.includes(NOT_ENABLED)) return 'not_enabled'
  return codes.length < TRIES ? 'ask' : 'asked_enough'
}

function read(): Record<string, readonly string[]> {
  return (readJson(tabStorage, KEY) ?? {}) as Record<string, readonly string[]>
}
