/**
 * The gate before each route but health: a call counts only if a page of this app made it. It checks
 * three signals that a foreign page cannot send together, for every method (RFC 10017 on the BFF
 * pattern; Fetch Metadata).
 */
import { CSRF_HEADER } from '@polar-connect/protocol'
import { BffError } from '../errors/bff-error.ts'
import type { Report } from '../errors/report.ts'
import { headerOf, methodOf, type Incoming } from '../runtime/incoming.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * The result throws `csrf_rejected` unless a page at `appOrigin` made the call.
 *
 * @param rethrow reports the refusal first, for an app's own routes.
 */
export function createGate(appOrigin: string, rethrow?: Report['rethrow']) {
  return (incoming: Incoming): void => {
    const header = (name: string) => headerOf(incoming, name)
    const origin = header('Origin')
    const site = header('Sec-Fetch-Site')
    const isNamed = origin !== undefined || site !== undefined
    const faults = [
      // S13: other sites cannot send it without a preflight
      header(CSRF_HEADER.name) !== CSRF_HEADER.value && 'without the CSRF header',
      // S14: other sites and sibling hosts
      site !== undefined && site !== 'same-origin' && 'from another site',
      // S14: the address bar
      header('Sec-Fetch-Mode') === 'navigate' && 'as a navigation',
      // S15, S63: the configured origin, byte for byte
      origin !== undefined &&
        origin !== appOrigin &&
        `from ${origin.slice(0, 100)}, while the app is at ${appOrigin}`,
      // S15: a write says where it comes from
      !isNamed &&
        !SAFE_METHODS.has(methodOf(incoming)) &&
        'that writes, without Origin and Sec-Fetch-Site',
    ]
    const fault = faults.find((one) => one !== false)
    if (fault === undefined) return
    const refusal = new BffError('csrf_rejected', `a call ${fault}`)
    if (rethrow) rethrow(refusal, incoming, 'app')
    throw refusal
  }
}
