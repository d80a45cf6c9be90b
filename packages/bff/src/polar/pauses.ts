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
  api: 'rate_limited',
  token: 'polar_unavailable',
} as const satisfies Record<Bucket, ProblemCode>

/** See {@link createPauses}. */
export type Pauses = ReturnType<typeof createPauses>

interface Pause {
  /** Epoch seconds by the clock of the instance that heard of it. */
  readonly until: number
  readonly seconds: number
}

export function createPauses({ coordinator, time }: Pick<Settings, 'coordinator' | 'time'>) {
  /** While a pause is known, no one asks the coordinator. It holds without the coordinator too. */
  const known = new Map<Bucket, Pause>()

  /** A shorter pause never cuts a longer one. */
  function share(bucket: Bucket, pause: Pause): Promise<unknown> {
    const record = `${pause.until} ${pause.seconds}`
    return updateRecord(coordinator, COORDINATOR_KEYS.pause(bucket), pause.seconds, (found) =>
      found !== undefined && parse(found).until >= pause.until ? undefined : record,
    )
  }

  return {
    /** @throws {BffError} `rate_limited` or `polar_unavailable` while a pause lasts. */
    async obey(bucket: Bucket): Promise<void> {
      const now = time.now()
      let pause = known.get(bucket)
      if (pause === undefined || pause.until <= now) {
        const found = await tolerateOutage(coordinator.read(COORDINATOR_KEYS.pause(bucket)))
        if (found === undefined) return
        pause = parse(found)
      }
      const retryAfterSeconds = secondsLeft(pause, now)
      throw new BffError(REFUSALS[bucket], 'Polar asked for a pause', { retryAfterSeconds })
    },

    /** Polar answered 429. The headers say for how long. */
    async begin(bucket: Bucket, headers: Pick<Headers, 'get'>): Promise<void> {
      const now = time.now()
      const named = retryAfterOf(headers, now) ?? DEFAULT_SECONDS
      const seconds = Math.min(Math.max(named, 1), LONGEST_SECONDS)
      const pause = { until: now + seconds, seconds }
      const here = known.get(bucket)
      if (here === undefined || here.until < pause.until) known.set(bucket, pause)
      // S42: a pause holds for every instance
      await tolerateOutage(share(bucket, pause))
    },
  }
}

/** The record exists, so the pause lasts. Clocks may differ, so its length is the limit. */
function secondsLeft({ until, seconds }: Pause, now: number): number {
  return Math.ceil(Math.min(Math.max(until - now, 1), seconds))
}

function parse(record: string): Pause {
  const [until = 0, seconds = 0] = record.split(' ').map(Number)
  return { until, seconds }
}
