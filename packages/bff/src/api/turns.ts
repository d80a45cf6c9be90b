/**
 * At most a few calls of one session are in flight; the others wait in order. Many calls at once can use
 * up the database connections of a process of Polar, which then stands still for 30 seconds.
 */
import { BffError } from '../errors/bff-error.ts'
import { TIME_LIMITS_MS } from '../errors/operations.ts'
import { within, type Time } from '../runtime/time.ts'

const MAX_IN_FLIGHT = 8
/** Twice the longest call. A Worker also needs a timer of its own, or it counts as hung. */
const LONGEST_WAIT_MS = 2 * TIME_LIMITS_MS.api

interface Line {
  running: number
  /** First come, first served. Each entry lets one call go. */
  readonly waiting: Set<() => void>
}

/** The result makes `call` once it is the turn of session `id`. A caller that hangs up leaves the line. */
export function createTurns(time: Time) {
  const lines = new Map<string, Line>()

  return async function inTurn<Answer>(
    id: string,
    signal: AbortSignal | undefined,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const line = lines.get(id) ?? { running: 0, waiting: new Set() }
    lines.set(id, line)
    if (line.running < MAX_IN_FLIGHT) line.running += 1
    else await turn(time, line, signal)
    try {
      return await call()
    } finally {
      const [next] = line.waiting
      if (next !== undefined) line.waiting.delete(next)
      else if ((line.running -= 1) === 0) lines.delete(id)
      next?.()
    }
  }
}

/** Resolves when a call that ends hands its place on. */
async function turn(time: Time, { waiting }: Line, signal: AbortSignal | undefined) {
  const { promise, resolve: go } = Promise.withResolvers<void>()
  waiting.add(go)
  signal?.addEventListener('abort', () => go())
  await within(time, LONGEST_WAIT_MS, promise)
  // Still in line: the caller hung up, or waited too long.
  if (waiting.delete(go))
    throw new BffError('polar_unavailable', 'the call waited too long for its turn')
}
