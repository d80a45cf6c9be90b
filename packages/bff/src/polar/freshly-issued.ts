/**
 * Polar answers before it commits, so for a moment it does not know what it has just issued. In that
 * moment we ask again before we believe that something does not exist.
 */
import { hasCode } from '../errors/bff-error.ts'
import { jittered } from '../runtime/random.ts'
import { pause, type Time } from '../runtime/time.ts'

/** Far longer than any commit was seen to take. */
export const FRESH_SECONDS = 5

/** About three seconds together. */
const PAUSES_MS = [50, 100, 200, 400, 800, 1600] as const

/** Before the one repeat of a request that Polar answers with `invalid_grant`. */
const REPEAT_PAUSE_MS = 600

/** Whether Polar may not know yet what it issued at `issuedAt` (epoch seconds). */
export function isFresh(time: Time, issuedAt: number): boolean {
  return time.now() - issuedAt < FRESH_SECONDS
}

/**
 * Asks about something that was issued at `issuedAt`. While that is fresh, it asks again until Polar
 * knows it. A good answer costs no time.
 *
 * @param isUnknown whether the answer says "does not exist".
 * @param discard frees an answer that is asked for again.
 */
export async function askWhileFresh<Answer>(
  time: Time,
  issuedAt: number,
  ask: () => Promise<Answer>,
  isUnknown: (answer: Answer) => boolean,
  discard?: (answer: Answer) => Promise<void>,
): Promise<Answer> {
  let answer = await ask()
  for (const milliseconds of PAUSES_MS) {
    // S45: a new token can see one stray 401
    if (!isUnknown(answer) || !isFresh(time, issuedAt)) break
    await discard?.(answer)
    await pause(time, jittered(milliseconds))
    answer = await ask()
  }
  return answer
}

/** Sends `request`, and repeats it once if Polar answers `invalid_grant` while `isYoung` holds. */
export async function repeatInvalidGrant<Answer>(
  time: Time,
  isYoung: () => boolean,
  request: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await request()
  } catch (cause) {
    if (!hasCode(cause, 'invalid_grant') || !isYoung()) throw cause
    await pause(time, jittered(REPEAT_PAUSE_MS))
    return request()
  }
}
