/** Tells the coordinator later what it cannot hear now. */
import { isAway } from '../coordinator/coordinator.ts'
import { pause, type Time } from '../runtime/time.ts'
import { POLICY } from './policy.ts'

/** Does `work` once the coordinator is back, if that is soon enough. */
export async function offerAgain(time: Time, work: () => Promise<unknown>): Promise<void> {
  const deadline = time.elapsed() + POLICY.offeredFor * 1000
  while (time.elapsed() < deadline) {
    await pause(time, POLICY.offeredEvery * 1000)
    try {
      await work()
      return
    } catch (cause) {
      if (!isAway(cause)) throw cause
    }
  }
}
