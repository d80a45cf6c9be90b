/** What a failure at Polar's OAuth endpoints means to us (RFC 6749 §5.2). */
import * as oauth from 'oauth4webapi'
import { BffError } from '../errors/bff-error.ts'

/** The error that `cause`, thrown by oauth4webapi while it read an answer, stands for. */
export function toBffError(cause: unknown): BffError {
  if (cause instanceof BffError) return cause
  // Polar answers an unknown client with a challenge.
  if (cause instanceof oauth.WWWAuthenticateChallengeError) {
    return new BffError('invalid_client', 'Polar did not accept the client', { cause })
  }
  if (cause instanceof oauth.ResponseBodyError) {
    const { error } = cause
    const known = ['invalid_grant', 'invalid_client', 'unauthorized_client'] as const
    const code = known.find((one) => one === error) ?? 'polar_invalid_response'
    return new BffError(code, `Polar answered ${error}`, { cause })
  }
  return new BffError('polar_invalid_response', 'the answer cannot be read', { cause })
}

/**
 * Whether the status says nothing about the grant, so that the session stays (RFC 6585 §4, RFC 9110
 * §15.6).
 */
export function isTransient(status: number): boolean {
  // S42: 408, 429 and 5xx are no verdict
  return status === 408 || status === 429 || status >= 500
}

/** Whether a gateway in front of Polar gave up, while Polar may still work on the request. */
export function isGatewayTimeout(status: number): boolean {
  return status === 502 || status === 504 || status >= 520
}
