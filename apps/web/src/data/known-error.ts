/** Names failures that the SDK and the client cannot name. */
import { ConnectError } from '@polar-connect/browser'

/**
 * For calls that read.
 *
 * @throws {ConnectError} what `call` throws; `bad_response` if it could not read the answer, and
 *   `request_blocked` if the server answers others but not this call.
 */
export async function withKnownError<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new ConnectError('bad_response', {}, { cause })
    if (!isUnreachable(cause) || !(await answers())) throw cause
  }
  // A connection that broke once looks the same. If it fails twice, something stops it on the way.
  try {
    return await call()
  } catch (cause) {
    throw isUnreachable(cause) ? new ConnectError('request_blocked', {}, { cause }) : cause
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ConnectError && error.code === 'server_unreachable'
}

/** Whether the server answers a call that no content blocker stops. */
async function answers(): Promise<boolean> {
  try {
    return (await fetch('/bff/health', { signal: AbortSignal.timeout(ANSWER_MS) })).ok
  } catch {
    return false
  }
}

const ANSWER_MS = 5000
