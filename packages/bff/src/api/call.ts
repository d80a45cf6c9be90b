/**
 * A call to Polar's API for a session: adds the access token, refreshes ahead of expiry and after a
 * refusal, and repeats only what Polar certainly did not process.
 */
import { BffError } from '../errors/bff-error.ts'
import { askWhileFresh } from '../polar/freshly-issued.ts'
import type { Polar } from '../polar/polar.ts'
import type { TransportRequest } from '../polar/transport.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { RequestSession } from '../session/request-session.ts'
import type { Settings } from '../settings/settings.ts'
import { discard, type UpstreamAnswer } from '../upstream/upstream.ts'
import { createTurns } from './turns.ts'

/** See {@link createCallApi}. */
export type CallApi = ReturnType<typeof createCallApi>

export function createCallApi(
  { server, time, onEvent }: Settings,
  { transport, pauses, limits }: Polar,
) {
  const inTurn = createTurns(time)

  async function send(session: Session, call: TransportRequest): Promise<UpstreamAnswer> {
    const { operation, signal } = call
    const headers = { ...call.headers, authorization: `Bearer ${session.accessToken}` }
    const answer = await inTurn(session.id, signal, () => transport.send({ ...call, headers }))
    if (answer.status === 429) await pauses.begin('api', answer.headers)
    // Polar names its version in each answer but the one for an unknown version.
    const isPolar = server.identity.name !== 'custom'
    if (isPolar && answer.status === 404 && !answer.headers.has('Polar-Version')) {
      await discard(answer)
      const reason = 'polar_version_gone'
      onEvent({ type: 'upstream_failed', operation, status: 404, reason, duration_ms: 0 })
      throw new BffError(
        'polar_version_gone',
        'Polar does not know the Polar-Version that was sent',
      )
    }
    return answer
  }

  /** A new token is sent again while Polar may not know it yet. A 401 means: not processed. */
  function ask(session: Session, call: TransportRequest): Promise<UpstreamAnswer> {
    return askWhileFresh(time, session.issuedAt, () => send(session, call), isRefused, discard)
  }

  /**
   * Makes `call`, whose headers are without `authorization`, for the session that `current` is.
   *
   * @throws {BffError} `not_connected`, what a refresh throws, `rate_limited`, `polar_rate_limited`,
   *   `polar_version_gone` or `polar_unavailable`.
   */
  return async function callApi(
    current: RequestSession,
    call: TransportRequest,
  ): Promise<UpstreamAnswer> {
    const session = await current.require()
    await limits.call(session)
    await pauses.obey('api')
    let answer = await ask(await current.fresh(), call)
    // S45: a 401 means that Polar did nothing
    while (isRefused(answer)) {
      await discard(answer)
      const { session: next, how } = await current.refresh()
      answer = await ask(next, call)
      // Only a claimed successor, which had waited for us, can have ended since.
      if (how !== 'claimed') break
    }
    return answer
  }
}

const isRefused = ({ status }: UpstreamAnswer) => status === 401
