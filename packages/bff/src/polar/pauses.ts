/**
 * Pauses that Polar asked for. Its limits count all users of the client together, so one refusal stops
 * the calls of everyone, on each instance, until its time is over. Calls with a token and calls to the
 * token endpoint are counted apart, and so they pause apart.
 */
import { retryAfterOf, type ProblemCode } from '@polar-connect/protocol'
import { COORDINATOR_KEYS, tolerateOutage, updateRecord } from '../coordinator/coordinator.ts'
import { BffError } from '../errors/bff-error.ts'
import type { Settings } from '../settings/settings.ts'

/** Polar counts a call with a token by its client, and one without by its address. */
export type Bucket = 'api' | 'token'

/** If a 429 names no time: Polar's window. */
const DEFAULT_SECONDS = 60
const LONGEST_SECONDS = 900

/** What a call is told that has to wait. Token requests fail as if Polar were away. */
const REFUSALS = {
  api: 'polar_rate_limited',
  token: 'polar_unavailable',
} as const satisfies Record<Bucket, ProblemCode>

/** See {@link createPauses}. */
export type Pauses = ReturnType<typeof createPauses>

export function createPauses({ coordinator, time }: Pick<Settings, 'coordinator' | 'time'>) {
  /** Their ends, in epoch seconds. While one lasts, no one asks the coordinator, which may be away. */
  const known = new Map<Bucket, number>()

  return {
    /** @throws {BffError} `polar_rate_limited` or `polar_unavailable` while a pause lasts. */
    async obey(bucket: Bucket): Promise<void> {
      const now = time.now()
      let until = known.get(bucket) ?? 0
      if (until <= now) {
        const found = await tolerateOutage(coordinator.read(COORDINATOR_KEYS.pause(bucket)))
        if (found === undefined) return
        until = Number(found)
      }
      throw new BffError(REFUSALS[bucket], 'Polar asked for a pause', {
        // The record is there, so the pause lasts, even if this instance's clock is ahead.
        retryAfterSeconds: toLimits(Math.ceil(until - now)),
      })
    },

    /** Polar answered 429. The headers say for how long. A shorter pause never cuts a longer one. */
    async begin(bucket: Bucket, headers: Pick<Headers, 'get'>): Promise<void> {
      const now = time.now()
      const seconds = toLimits(retryAfterOf(headers, now) ?? DEFAULT_SECONDS)
      const until = now + seconds
      known.set(bucket, Math.max(until, known.get(bucket) ?? 0))
      const key = COORDINATOR_KEYS.pause(bucket)
      const change = (found = '0') => (Number(found) >= until ? undefined : String(until))
      // S42: a pause holds for every instance
      await tolerateOutage(updateRecord(coordinator, key, seconds, change))
    },
  }
}

function toLimits(seconds: number): number {
  return Math.min(Math.max(seconds, 1), LONGEST_SECONDS)
}
