/** The calls of the contract as a table, and how a request finds its own. */
import { PATHS, pathOf, type Call } from '@polar-connect/protocol'
import type { Context } from 'hono'
import type { createProxy } from './api/proxy.ts'
import { BffError } from './errors/bff-error.ts'
import { json, type Answer, type Handle } from './http/answer.ts'
import type { SessionCalls } from './session/session-calls.ts'
import type { createSignIn } from './sign-in/sign-in.ts'

interface Route {
  /** `ALL` leaves methods to the handler. Of a path with one method, others are refused. */
  readonly method: 'GET' | 'POST' | 'ALL'
  readonly handle: Handle
}

export type Routes = Readonly<Partial<Record<Call, Route>>>

export function createRoutes(
  signIn: ReturnType<typeof createSignIn>,
  sessionCalls: SessionCalls,
  proxy: ReturnType<typeof createProxy>,
  diagnostics: Handle | undefined,
): Routes {
  return {
    health: { method: 'GET', handle: () => json({ status: 'ok' }) },
    authorize: { method: 'POST', handle: signIn.begin },
    callback: { method: 'POST', handle: signIn.finish },
    session: { method: 'GET', handle: sessionCalls.show },
    refresh: { method: 'POST', handle: sessionCalls.refresh },
    // S17: a link must not log out
    logout: { method: 'POST', handle: sessionCalls.logout },
    userinfo: { method: 'GET', handle: proxy.userinfo },
    api: { method: 'ALL', handle: proxy.pass },
    ...(diagnostics && { diagnostics: { method: 'GET', handle: diagnostics } }),
  }
}

/** The result names the call at a path, if there is one. */
export function createCallOf(basePath: string): (path: string) => Call | undefined {
  const calls = new Map(
    (Object.keys(PATHS) as Call[]).map((call) => [pathOf(call, basePath), call]),
  )
  const api = `${pathOf('api', basePath)}/`
  return (path) => (path.startsWith(api) ? 'api' : calls.get(path))
}

/**
 * Answers the request of `c` by its route. Only a look at health is in front of the gate.
 *
 * @throws {BffError} what the gate or the route throws, `not_found` or `method_not_allowed`.
 */
export async function answerTo(
  c: Context,
  call: Call | undefined,
  routes: Routes,
  checkOrigin: (c: Context) => void,
): Promise<Answer> {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
  if (call !== 'health' || method !== 'GET') checkOrigin(c)
  const route = call && routes[call]
  if (route === undefined) throw new BffError('not_found', 'no such call')
  if (route.method !== method && route.method !== 'ALL') {
    throw new BffError('method_not_allowed', 'another method', { allow: [route.method] })
  }
  return route.handle(c)
}
