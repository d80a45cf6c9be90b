/** The calls of the contract as a table, and how a request finds its own. */
import { pathOf, type Call } from '@polar-connect/protocol'
import type { Context } from 'hono'
import type { createProxy } from './api/proxy.ts'
import { BffError } from './errors/bff-error.ts'
import { json, type Answer, type Handle } from './http/answer.ts'
import type { SessionCalls } from './session/session-calls.ts'
import type { createSignIn } from './sign-in/sign-in.ts'

/** `ALL` leaves methods to the handler. Of a path with one method, others are refused. */
type Route = readonly [method: 'GET' | 'POST' | 'ALL', handle: Handle]

export function createRoutes(
  basePath: string,
  checkOrigin: (c: Context) => void,
  signIn: ReturnType<typeof createSignIn>,
  sessionCalls: SessionCalls,
  proxy: ReturnType<typeof createProxy>,
  diagnostics: Handle | undefined,
) {
  const routes: Readonly<Record<Call, Route | undefined>> = {
    health: ['GET', () => json({ status: 'ok' })],
    authorize: ['POST', signIn.begin],
    callback: ['POST', signIn.finish],
    session: ['GET', sessionCalls.show],
    refresh: ['POST', sessionCalls.refresh],
    // S17: a link must not log out
    logout: ['POST', sessionCalls.logout],
    userinfo: ['GET', proxy.userinfo],
    api: ['ALL', proxy.pass],
    diagnostics: diagnostics && ['GET', diagnostics],
  }
  const calls = new Map(
    (Object.keys(routes) as Call[]).map((call) => [pathOf(call, basePath), call]),
  )
  const api = `${pathOf('api', basePath)}/`

  return {
    /** The call at `path`, if there is one. */
    find: (path: string): Call | undefined => (path.startsWith(api) ? 'api' : calls.get(path)),

    /**
     * Answers the request of `c`. Only a look at health is in front of the gate.
     *
     * @throws {BffError} what the gate or the route throws, `not_found` or `method_not_allowed`.
     */
    async answer(c: Context, call: Call | undefined): Promise<Answer> {
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
      if (call !== 'health' || method !== 'GET') checkOrigin(c)
      // It asks for another protocol, and there is none here.
      // S38: no upgrade
      if (c.req.header('Upgrade') !== undefined) throw new BffError('invalid_request', 'an upgrade')
      const route = call && routes[call]
      if (route === undefined) throw new BffError('not_found', 'no such call')
      const [allowed, handle] = route
      if (allowed !== method && allowed !== 'ALL') {
        throw new BffError('method_not_allowed', 'another method', { allow: [allowed] })
      }
      return handle(c)
    },
  }
}
