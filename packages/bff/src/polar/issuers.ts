/**
 * Which issuers count as Polar (RFC 9207, OpenID Connect Core §3.1.3.7). Polar moved its issuer once
 * and may do so again. Endpoints stay pinned: discovery is only asked who Polar says it is.
 */
import * as v from 'valibot'
import type { Settings } from '../settings/settings.ts'
import { createLookup } from './lookup.ts'
import type { PolarTransport } from './transport.ts'

const KEPT_SECONDS = 3600

export function createAcceptsIssuer(settings: Settings, transport: PolarTransport) {
  const expected = settings.server.metadata.issuer
  const lookUp = createLookup(settings, transport, {
    operation: 'discovery',
    path: '/.well-known/openid-configuration',
    schema: v.object({ issuer: v.string() }),
    keptSeconds: KEPT_SECONDS,
    onRead({ issuer: announced }) {
      if (announced === expected) return
      settings.onEvent({ type: 'issuer_moved', expected, announced })
    },
  })

  /**
   * Whether `issuer` is Polar: the expected one, or the one that the discovery document at the pinned
   * API origin names. Only an issuer that is not expected leads to a request.
   *
   * @throws {BffError} `polar_unavailable` if the document cannot be read.
   */
  return async function acceptsIssuer(issuer: string): Promise<boolean> {
    // S9: byte for byte
    if (issuer === expected) return true
    return (await lookUp(async (document) => document.issuer === issuer || undefined)) ?? false
  }
}
