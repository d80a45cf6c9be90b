/** Calls to the backend-for-frontend: what each of them carries, and how it fails. */
import { CSRF_HEADER } from '@polar-connect/protocol'
import { ConnectError, toProblemError } from './errors.ts'

export interface BffClient {
  /** As `fetch` makes it. @throws {ConnectError} when no server answered. */
  send(path: string, init?: RequestInit): Promise<Response>
  /** A small answer, whole and in time. @throws {ConnectError} also what the server refused. */
  post<Answer>(path: string, body?: unknown, signal?: AbortSignal): Promise<Answer>
}

/** Longer than the server waits for Polar. What is asked for under a lock must end. */
const LIMIT_MS = 25_000

export function createBffClient(fetch: typeof globalThis.fetch): BffClient {
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set(CSRF_HEADER.name, CSRF_HEADER.value)
    try {
      return await fetch(path, { ...init, headers, credentials: 'same-origin' })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      const offline = !(globalThis.navigator?.onLine ?? true)
      throw new ConnectError(offline ? 'offline' : 'server_unreachable', {}, { cause })
    }
  }

  return {
    send,
    post(path, body = {}, signal) {
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      return readAnswer(send(path, { ...init, signal: inTime(signal) }), signal)
    },
  }
}

/** For what has no length to speak of. */
export function inTime(signal?: AbortSignal): AbortSignal {
  return either(AbortSignal.timeout(LIMIT_MS), signal)
}

/** @throws {ConnectError} the refusal; `server_unreachable` for half an answer, or none in time. */
export async function readAnswer<Answer>(
  answer: Promise<Response>,
  signal?: AbortSignal,
): Promise<Answer> {
  try {
    const response = await answer
    if (response.ok) return (await response.json()) as Answer
    throw (await toProblemError(response)) ?? new ConnectError('server_unreachable')
  } catch (cause) {
    if (cause instanceof ConnectError || signal?.aborted) throw cause
    throw new ConnectError('server_unreachable', {}, { cause })
  }
}

/** Ends with either; with the first alone in a browser that cannot join them. */
export function either(first: AbortSignal, second?: AbortSignal | null): AbortSignal {
  return second && 'any' in AbortSignal ? AbortSignal.any([first, second]) : first
}
