/** Turns an error into its answer and its log line, which share a reference. */
import { PROBLEMS } from '@polar-connect/protocol'
import { HTTPException } from 'hono/http-exception'
import { BffError } from './bff-error.ts'
import { redact, type OnEvent } from './events.ts'

/** Where the error was met. */
export interface Place {
  readonly method: string
  /** The route's path, without what the caller put into it. */
  readonly route: string
  /** The sign-in that it ends, if it does. */
  readonly sign_in?: string
}

/** See {@link createReport}. */
export type Report = ReturnType<typeof createReport>

/** The result reports each error once, however often it passes by on its way out. */
export function createReport(onEvent: OnEvent) {
  const reported = new WeakSet<Error>()

  return function report(cause: unknown, place: Place): BffError {
    const error =
      cause instanceof BffError ? cause : new BffError('internal', toText(cause), { cause })
    if (!reported.has(error)) {
      reported.add(error)
      const { authorizationError } = error.details
      onEvent({
        type: 'refused',
        code: error.code,
        ...(authorizationError && { authorization_error: authorizationError }),
        status: PROBLEMS[error.code].status,
        reference: error.reference,
        ...place,
        reason: redact(error.message),
      })
    }
    return error
  }
}

/**
 * The answer to what an app's own route threw. Hono's own errors, such as one of its validators, have
 * their answer: the caller made them.
 */
export function answerToOwn(
  report: Report,
  cause: unknown,
  { method = '' }: { readonly method?: string | undefined },
): Response {
  const isForCaller = cause instanceof HTTPException && cause.status < 500
  return (isForCaller ? cause : report(cause, { method, route: 'app' })).getResponse()
}

function toText(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
}
