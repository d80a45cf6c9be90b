/**
 * Which issuers count as Polar (RFC 9207, OpenID Connect Core §3.1.3.7). Polar moved its issuer once
 * and may do so again. Endpoints stay pinned: discovery is only asked who Polar says it is.
 */
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { OnEvent } from '../errors/events.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import type { PolarTransport } from './transport.ts'
import type { Time } from '../runtime/time.ts'

const DISCOVERY_PATH = '/.well-known/openid-configuration'
const TIMEOUT_MS = 5000
const KEPT_SECONDS = 3600
/** Anyone can send a wrong issuer, so it leads to one question a minute at most. */
const COOL_DOWN_SECONDS = 60

const documentSchema = v.object({ issuer: v.string() })

/** See {@link createIssuers}. */
export type Issuers = ReturnType<typeof createIssuers>

export function createIssuers(options: {
  readonly server: PolarServer
  readonly transport: PolarTransport
  readonly time: Time
  readonly onEvent: OnEvent
}) {
  const { server, transport, time, onEvent } = options
  const expected = server.metadata.issuer
  let announced: string | undefined
  let readAt = -Infinity
  let triedAt = -Infinity
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    triedAt = time.now()
    const headers = new Headers({ Accept: 'application/json' })
    const request = { method: 'GET', path: DISCOVERY_PATH, headers, timeoutMs: TIMEOUT_MS }
    const answer = await transport.sendSmall('discovery', request)
    const parsed = v.safeParse(documentSchema, await answer.json().catch(() => undefined))
    if (!answer.ok || !parsed.success) {
      throw new BffError('polar_unavailable', `no discovery document (${answer.status})`)
    }
    announced = parsed.output.issuer
    readAt = time.now()
    if (announced !== expected) onEvent({ type: 'issuer_moved', expected, announced })
  }

  return {
    /**
     * Whether `issuer` is Polar: the expected one, or the one that the discovery document at the
     * pinned API origin names. Only an issuer that is not expected leads to a request.
     *
     * @throws {BffError} `polar_unavailable` if the document cannot be read.
     */
    async accepts(issuer: string): Promise<boolean> {
      // S9: byte for byte
      if (issuer === expected) return true
      const now = time.now()
      const isFresh = now - readAt < KEPT_SECONDS
      if (isFresh && issuer === announced) return true
      if (reading !== undefined || now - triedAt >= COOL_DOWN_SECONDS) {
        reading ??= read().finally(() => (reading = undefined))
        await reading
      } else if (!isFresh) {
        throw new BffError('polar_unavailable', 'no discovery document a moment ago')
      }
      return issuer === announced
    },
  }
}
