/** Calls to Polar's API by server code of the app's own. */
import type { Report } from '../errors/report.ts'
import { ANSWER_HEADERS } from '../http/answer.ts'
import type { Incoming } from '../runtime/incoming.ts'
import type { Sessions } from '../session/request-session.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import type { CallApi } from './call.ts'
import { pick, REQUEST_HEADERS, toListed } from './proxy.ts'

/** What a call sends beside its path. */
export interface CallPolarInit {
  /** `GET` by default. */
  readonly method?: string
  /** Those that the proxy passes on. `Polar-Version` is added if it is missing. */
  readonly headers?: Exclude<RequestInit['headers'], undefined>
  readonly body?: string
}

/** See {@link Bff.callPolar}. */
export type CallPolar = (request: Incoming, path: string, init?: CallPolarInit) => Promise<Response>

export function createCallPolar(
  sessions: Sessions,
  callApi: CallApi,
  rethrow: Report['rethrow'],
): CallPolar {
  return async function callPolar(request, path, { method = 'GET', headers: given, body } = {}) {
    const headers = pick(new Headers(given), REQUEST_HEADERS)
    headers['polar-version'] ??= POLAR_VERSION
    const current = sessions.of(request)
    const call = {
      operation: 'api' as const,
      method,
      path,
      headers,
      ...(body !== undefined && { body: new TextEncoder().encode(body) }),
    }
    try {
      const answer = toListed(await callApi(current, call))
      await current.flush()
      // S28: a route may return the answer as its own
      const passed = new Headers({ ...answer.headers, ...ANSWER_HEADERS })
      for (const { header } of current.exchange.answered.values())
        passed.append('Set-Cookie', header)
      return new Response(answer.body, { status: answer.status, headers: passed })
    } catch (cause) {
      // Its reference is in the log even if the app's route drops it.
      return rethrow(cause, request, 'callPolar')
    } finally {
      await current.flush()
    }
  }
}
