/** Turns an error into its answer and its log line, which share a reference. */
import { PROBLEMS, type ProblemCode } from '@polar-connect/protocol'
import { HTTPException } from 'hono/http-exception'
import { BffError } from './bff-error.ts'
import { methodOf, type Incoming, type PlainRequest } from '../runtime/incoming.ts'
import { redact, stackOf, type BffEvent, type Failure, type OnEvent } from './events.ts'

/** Where the error was met. */
type Place = Pick<Extract<BffEvent, { type: 'refused' }>, 'method' | 'route' | 'sign_in'>

/** Code of the app failed, or ours: only the place where it threw helps. */
const THROWN: readonly ProblemCode[] = ['internal', 'app_refused', 'owner_unavailable']

export function failureOf(error: BffError): Failure {
  const stack = THROWN.includes(error.code) && stackOf(error.cause ?? error)
  const { reference, message } = error
  return { reference, reason: redact(message), ...(stack && { stack }) }
}

/** See {@link createReport}. */
export type Report = ReturnType<typeof createReport>

export function createReport(onEvent: OnEvent) {
  const reported = new WeakSet<Error>()

  /** Each error once, however often it passes by on its way out. */
  function report(cause: unknown, place: Place): BffError {
    const error =
      cause instanceof BffError ? cause : new BffError('internal', String(cause), { cause })
    if (!reported.has(error)) {
      reported.add(error)
      const { authorizationError } = error.details
      onEvent({
        type: 'refused',
        code: error.code,
        ...(authorizationError && { authorization_error: authorizationError }),
        status: PROBLEMS[error.code].status,
        ...place,
        ...failureOf(error),
      })
    }
    return error
  }

  /**
   * For what an app's own route calls: the error may end in a handler that is not ours. Next throws to
   * end the prerendering of a route: that is no failure.
   */
  function rethrow(cause: unknown, incoming: Incoming, route: string): never {
    if (cause instanceof BffError) report(cause, { method: methodOf(incoming), route })
    throw cause
  }

  /**
   * The answer to what an app's own route threw. Hono's own errors, such as one of its validators, have
   * their answer: the caller made them.
   */
  function answerToOwn(cause: unknown, { method = '' }: Pick<PlainRequest, 'method'>): Response {
    const isForCaller = cause instanceof HTTPException && cause.status < 500
    return (isForCaller ? cause : report(cause, { method, route: 'app' })).getResponse()
  }

  return { report, rethrow, answerToOwn }
}
