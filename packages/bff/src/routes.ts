/** The calls of the contract as a table, and how they are mounted. */
import { BASE_PATH, PATHS } from '@polar-connect/protocol'
import type { Handler } from 'hono'
import type { createProxy } from './api/proxy.ts'
import { BffError } from './errors/bff-error.ts'
import type { SessionCalls } from './session/session-calls.ts'
import type { createSignIn } from './sign-in/sign-in.ts'

export interface Route {
  /** `ALL` leaves methods to the handler. Of a path with one method, others are refused. */
  readonly method: 'GET' | 'POST' | 'ALL'
  readonly path: string
  readonly handle: Handler
}

/** Behind the gate. Only health is in front of it. */
export function createRoutes(
  signIn: ReturnType<typeof createSignIn>,
  sessionCalls: SessionCalls,
  proxy: ReturnType<typeof createProxy>,
  diagnostics: Handler | undefined,
): readonly Route[] {
  return [
    { method: 'POST', path: PATHS.authorize, handle: signIn.begin },
    { method: 'POST', path: PATHS.callback, handle: signIn.finish },
    { method: 'GET', path: PATHS.session, handle: sessionCalls.show },
    { method: 'POST', path: PATHS.refresh, handle: sessionCalls.refresh },
    // S17: a link must not log out
    { method: 'POST', path: PATHS.logout, handle: sessionCalls.logout },
    { method: 'GET', path: PATHS.userinfo, handle: proxy.userinfo },
    { method: 'ALL', path: `${PATHS.api}/*`, handle: proxy.pass },
    ...(diagnostics === undefined
      ? []
      : [{ method: 'GET', path: PATHS.diagnostics, handle: diagnostics } as const]),
  ]
}

/** The paths of the contract, by which a log line names a route. */
const KNOWN_PATHS: readonly string[] = Object.values(PATHS)

/** A path of the contract, or what it lies below: the rest was chosen by the caller. */
export function routeOf(path: string): string {
  if (KNOWN_PATHS.includes(path)) return path
  return path.startsWith(`${PATHS.api}/`) ? PATHS.api : BASE_PATH
}

/** Throws for each method but `method`. */
export function refuseMethods(method: Route['method']): Handler {
  return () => {
    throw new BffError('method_not_allowed', 'another method', { allow: [method] })
  }
}
