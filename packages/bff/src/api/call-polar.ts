/** Calls to Polar's API by server code of the app's own. */
import type { Context } from 'hono'
import { BffError } from '../errors/bff-error.ts'
import type { Report } from '../errors/report.ts'
import type { Sessions } from '../session/request-session.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import type { CallApi } from './call.ts'

/** What a call sends beside its path. */
export interface CallPolarInit {
  /** `GET` by default. */
  readonly method?: string
  /** `Polar-Version` is added if it is missing. */
  readonly headers?: HeadersInit
  readonly body?: string
}

/** See {@link Bff.callPolar}. */
export type CallPolar = (c: Context, path: string, init?: CallPolarInit) => Promise<Response>

export function createCallPolar(sessions: Sessions, callApi: CallApi, report: Report): CallPolar {
  return async function callPolar(c, path, { method = 'GET', headers: given, body } = {}) {
    const headers = new Headers(given)
    if (!headers.has('Polar-Version')) headers.set('Polar-Version', POLAR_VERSION)
    const held = sessions.of(c)
    try {
      const answer = await callApi(held, {
        operation: 'api',
        method,
        path,
        headers: Object.fromEntries(headers),
        ...(body !== undefined && { body: new TextEncoder().encode(body) }),
      })
      return new Response(answer.body, { status: answer.status, headers: [...answer.headers] })
    } catch (cause) {
      // Reported here, so that its reference is in the log whatever the app's route does with it.
      if (cause instanceof BffError) report(cause, { method: c.req.method, route: 'callPolar' })
      throw cause
    } finally {
      await held.flush()
    }
  }
}
