/** Polar as a server: the way there, its OAuth endpoints, and what holds calls back. */
import type { Settings } from '../settings/settings.ts'
import { createAcceptsIssuer } from './issuers.ts'
import { createLimits } from './limits.ts'
import { createOAuthClient } from './oauth-client.ts'
import { createPauses } from './pauses.ts'
import { createPolarTransport } from './transport.ts'

/** See {@link createPolar}. */
export type Polar = ReturnType<typeof createPolar>

export function createPolar(settings: Settings) {
  const transport = createPolarTransport(settings)
  const pauses = createPauses(settings)
  return {
    transport,
    pauses,
    limits: createLimits(settings),
    acceptsIssuer: createAcceptsIssuer(settings, transport),
    oauth: createOAuthClient(settings, transport, pauses),
  }
}
