/** Names the one failure that the SDK leaves to the parser: an answer that is not JSON. */
import { ConnectError } from '@polar-connect/browser'

/** @throws {ConnectError} what `call` throws, and `bad_response` where it could not read the answer. */
export async function withKnownError<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new ConnectError('bad_response', {}, { cause })
    throw cause
  }
}
