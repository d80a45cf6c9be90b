/** Names failures that the SDK and the client cannot name. */
import { ConnectError, hasCode } from '@polar-connect/browser'
import { pathOf } from '@polar-connect/protocol'
import { useConnect } from '@polar-connect/react'
import { useNetwork } from './use-network.ts'

/** Makes a call that reads. It may make it twice. */
export type Read = <Result>(call: () => Promise<Result>) => Promise<Result>

/** How this app makes a call that reads. Queries do so by themselves. */
export function useRead(): Read {
  const { basePath } = useConnect()
  const { fetch } = useNetwork()
  // No content blocker stops it, and it refreshes nothing.
  const ask = () => fetch(pathOf('health', basePath), { signal: AbortSignal.timeout(ANSWER_MS) })
  return (call) => withKnownError(call, ask)
}

const ANSWER_MS = 5000

/**
 * @param ask any other call to the server.
 * @throws {ConnectError} what `call` throws; `bad_response` if it could not read the answer, and
 *   `request_blocked` if the server answers others but not this call.
 */
async function withKnownError<Result>(
  call: () => Promise<Result>,
  ask: () => Promise<Response>,
): Promise<Result> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new ConnectError('bad_response', {}, { cause })
    if (!isUnreachable(cause) || !(await answers(ask))) throw cause
  }
  // A connection that broke once looks the same. If it fails twice, something stops it on the way.
  try {
    return await call()
  } catch (cause) {
    throw isUnreachable(cause) ? new ConnectError('request_blocked', {}, { cause }) : cause
  }
}

const isUnreachable = (error: unknown) => hasCode(error, 'server_unreachable')

async function answers(ask: () => Promise<Response>): Promise<boolean> {
  try {
    return (await ask()).ok
  } catch {
    return false
  }
}
