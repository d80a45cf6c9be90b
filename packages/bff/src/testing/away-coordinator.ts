/** A coordinator whose store can be away, without waiting for a real one to notice. */
import { BffError } from '../errors/bff-error.ts'
import type { Coordinator } from '../coordinator/coordinator.ts'

export interface AwayCoordinator extends Coordinator {
  away: boolean
}

export function createAwayCoordinator(inner: Coordinator): AwayCoordinator {
  const guarded =
    <Arguments extends unknown[], Answer>(call: (...given: Arguments) => Promise<Answer>) =>
    async (...given: Arguments) => {
      if (coordinator.away) throw new BffError('coordinator_unavailable', 'away')
      return call(...given)
    }
  const coordinator: AwayCoordinator = {
    away: false,
    claim: guarded(inner.claim),
    read: guarded(inner.read),
    write: guarded(inner.write),
    replace: guarded(inner.replace),
    release: guarded(inner.release),
    count: guarded(inner.count),
  }
  return coordinator
}
