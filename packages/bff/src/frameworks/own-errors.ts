/** What Express and Fastify share about the errors of an app's own routes. */
import { BffError } from '../errors/bff-error.ts'

/** What frameworks and `http-errors` add to an error. */
interface ErrorWithStatus extends Error {
  readonly status?: unknown
  readonly statusCode?: unknown
}

/** Whether the caller made the error, as its status says. The framework answers it. */
export function isForCaller(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof BffError) return false
  // The status of another server's answer: Polar's SDK keeps that answer as `error`, axios as `response`.
  if ('error' in error || 'response' in error) return false
  const { status, statusCode }: ErrorWithStatus = error
  return [status, statusCode].some((one) => Number(one) >= 400 && Number(one) < 500)
}

/** Whether a header describes the answer that the route did not finish. Cookies and policies stay. */
export function isOfUnfinished(header: string): boolean {
  return /^(content-(?!security)|transfer-|etag|last-modified|cache-control|expires)/i.test(header)
}
