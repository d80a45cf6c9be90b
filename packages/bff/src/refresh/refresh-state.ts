/** What refreshing, ending and opening sessions share: the records, and what this process alone knows. */
import type { Polar } from '../polar/polar.ts'
import { createBoundedMap } from '../runtime/bounded-map.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { createEndedSessions } from './ended-sessions.ts'
import { createRotations } from './rotations.ts'

/** A refreshed session. */
export interface Refreshed {
  readonly session: Session
  /** `joined` waited for another caller; `claimed` found a refresh that was done before. */
  readonly how: 'refreshed' | 'joined' | 'claimed'
}

const MAX_REMEMBERED = 10_000

/** See {@link createRefreshState}. */
export type RefreshState = ReturnType<typeof createRefreshState>

/** Keys are rotation ids. */
export function createRefreshState(settings: Settings, { oauth }: Polar) {
  return {
    oauth,
    rotations: createRotations(settings),
    ended: createEndedSessions(settings),
    /** Refreshes in flight in this process. */
    flights: new Map<string, Promise<Refreshed>>(),
    /** Successors that the coordinator has not taken yet. */
    unpublished: createBoundedMap<Session>(MAX_REMEMBERED),
    /** Rotations whose successor has arrived at its browser. */
    delivered: createBoundedMap<true>(MAX_REMEMBERED),
  }
}
