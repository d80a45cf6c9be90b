/** The calls of the contract as a table, and how they are mounted. */
import { PATHS, pathOf, type Call } from '@polar-connect/protocol'
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
  basePath: string,
): readonly Route[] {
  const path = (call: Call) => pathOf(call, basePath)
  return [
    { method: 'POST', path: path('authorize'), handle: signIn.begin },
    { method: 'POST', path: path('callback'), handle: signIn.finish },
    { method: 'GET', path: path('session'), handle: sessionCalls.show },
    { method: 'POST', path: path('refresh'), handle: sessionCalls.refresh },
    // S17: a link must not log out
    { method: 'POST', path: path('logout'), handle: sessionCalls.logout },
    { method: 'GET', path: path('userinfo'), handle: proxy.userinfo },
    { method: 'ALL', path: `${path('api')}/*`, handle: proxy.pass },
    ...(diagnostics === undefined
      ? []
      : [{ method: 'GET', path: path('diagnostics'), handle: diagnostics } as const]),
  ]
}

const CALLS = Object.keys(PATHS) as readonly Call[]

/** A path of the contract, or what it lies below: the rest was chosen by the caller. */
export function routeOf(path: string, basePath: string): string {
  const known = CALLS.map((call) => pathOf(call, basePath))
  return known.find((call) => path === call || path.startsWith(`${call}/`)) ?? basePath
}

/** Throws for each method but `method`. */
export function refuseMethods(method: Route['method']): Handler {
  return () => {
    throw new BffError('method_not_allowed', 'another method', { allow: [method] })
  }
}
