/** Sends requests to the backend-for-frontend. */
import { CSRF_HEADER, pathOf, type Call } from '@polar-connect/protocol'
import { ConnectError, toProblemError } from '../errors.ts'
import { inTime } from './signals.ts'
import { isOnline } from './web-apis.ts'

export interface BffClient {
  pathOf(call: Call): string
  /** Like `fetch`. @throws {ConnectError} if no server answered. */
  send(path: string, init?: RequestInit): Promise<Response>
  /** A small JSON answer, within 25 seconds. @throws {ConnectError} also if the server refuses. */
  post<Answer>(call: Call, body?: unknown, signal?: AbortSignal): Promise<Answer>
}

export function createBffClient(fetch: typeof globalThis.fetch, basePath: string): BffClient {
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set(CSRF_HEADER.name, CSRF_HEADER.value)
    try {
      return await fetch(path, { ...init, headers, credentials: 'same-origin' })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      throw new ConnectError(isOnline() ? 'server_unreachable' : 'offline', {}, { cause })
    }
  }

  return {
    pathOf: (call) => pathOf(call, basePath),
    send,
    post(call, body = {}, signal) {
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      return readAnswer(send(pathOf(call, basePath), { ...init, signal: inTime(signal) }), signal)
    },
  }
}

/**
 * The JSON of an answer, which may lack members: a proxy or a captive portal can answer in the server's
 * place.
 *
 * @param signal the caller's signal. If it aborted, its reason is thrown.
 * @throws {ConnectError} the refusal of the server. `server_unreachable` if the answer is not JSON,
 *   incomplete, or too late.
 */
export async function readAnswer<Answer>(
  answer: Promise<Response>,
  signal?: AbortSignal,
): Promise<Answer> {
  try {
    const response = await answer
    if (response.ok) return ((await response.json()) ?? {}) as Answer
    throw (await toProblemError(response)) ?? new ConnectError('server_unreachable')
  } catch (cause) {
    if (cause instanceof ConnectError || signal?.aborted) throw cause
    throw new ConnectError('server_unreachable', {}, { cause })
  }
}
