/**
 * Pauses that Polar asked for. Its limits count for all users of the client together, so one refusal
 * stops the calls of everybody, on every instance, until its time is over. Calls with a token and
 * calls to the token endpoint are counted apart, and so they pause apart.
 */
import { COORDINATOR_KEYS, tolerateOutage, type Coordinator } from './coordinator.ts'
import type { ProblemDetails } from './problem.ts'
import { retryAfterOf } from './retry-after.ts'

/** Polar counts per client where a call bears a token, and per calling address where none does. */
export type Bucket = 'api' | 'token'

/** Where a 429 names no time: Polar's window. */
const DEFAULT_SECONDS = 60
const LONGEST_SECONDS = 900

export interface Pauses {
  /** What is left of a pause, as a problem tells it. Undefined where calls may go. */
  left(bucket: Bucket): Promise<Required<Pick<ProblemDetails, 'retryAfterSeconds'>> | undefined>
  /** Polar answered 429: `response` says for how long. */
  begin(bucket: Bucket, response: Response): Promise<void>
}

interface Pause {
  /** Epoch seconds by the clock of the instance that heard of it. */
  readonly until: number
  readonly seconds: number
}

export function createPauses(options: {
  readonly coordinator: Coordinator
  readonly clock: () => number
}): Pauses {
  const { coordinator, clock } = options
  /** Spares a question while one is known, and holds without the coordinator. */
  const known = new Map<Bucket, Pause>()

  async function share(bucket: Bucket, pause: Pause): Promise<void> {
    const key = COORDINATOR_KEYS.pause(bucket)
    const record = `${pause.until} ${pause.seconds}`
    for (;;) {
      const found = await coordinator.read(key)
      // A pause is never cut short by a shorter one.
      if (found !== undefined && parse(found).until >= pause.until) return
      const shared =
        found === undefined
          ? await coordinator.claim(key, record, pause.seconds)
          : await coordinator.replace(key, found, record, pause.seconds)
      if (shared) return
    }
  }

  return {
    async left(bucket) {
      const now = clock()
      const here = known.get(bucket)
      if (here !== undefined && here.until > now) return toDetails(here, now)
      const found = await tolerateOutage(coordinator.read(COORDINATOR_KEYS.pause(bucket)))
      return found === undefined ? undefined : toDetails(parse(found), now)
    },

    async begin(bucket, response) {
      const now = clock()
      const named = retryAfterOf(response, now) ?? DEFAULT_SECONDS
      const seconds = Math.min(Math.max(named, 1), LONGEST_SECONDS)
      const pause = { until: now + seconds, seconds }
      const here = known.get(bucket)
      if (here === undefined || here.until < pause.until) known.set(bucket, pause)
      await tolerateOutage(share(bucket, pause))
    },
  }
}

/** That it is there means that it lasts: how long by a clock of ours is only worth so much. */
function toDetails({ until, seconds }: Pause, now: number) {
  return { retryAfterSeconds: Math.ceil(Math.min(Math.max(until - now, 1), seconds)) }
}

function parse(record: string): Pause {
  const [until = 0, seconds = 0] = record.split(' ').map(Number)
  return { until, seconds }
}
