/** The active faults, oldest first. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../runtime/clock.ts'
import { createRandom } from '../runtime/random.ts'
import { meets, type Fault, type FaultRule, type MetRequest } from './fault.ts'

export interface FaultBook {
  list(): readonly Fault[]
  add(rule: FaultRule, preset?: string): Fault
  /** @returns whether the fault was active. */
  remove(id: string): boolean
  clear(): void
  /** The faults that hit this request. Counts each hit. */
  take(request: MetRequest): readonly Fault[]
}

export function createFaultBook(clock: Clock): FaultBook {
  let faults: (Fault & { readonly chance: () => number })[] = []
  // Summed up each time: a control may have moved the clock since a fault was added.
  const shiftClock = () => {
    const offsets = faults.map(({ rule }) => rule.clock_offset_seconds ?? 0)
    clock.shift(offsets.reduce((sum, seconds) => sum + seconds, 0))
  }
  return {
    list: () => faults,

    add(rule, preset) {
      const chance = createRandom(rule.seed).next
      const fault = { id: randomUUID(), preset: preset ?? null, rule, skipped: 0, hits: 0, chance }
      faults.push(fault)
      shiftClock()
      return fault
    },

    remove(id) {
      const before = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      shiftClock()
      return faults.length < before
    },

    clear() {
      faults = []
      shiftClock()
    },

    take(request) {
      const met: Fault[] = []
      for (const fault of faults.filter((entry) => meets(entry, request))) {
        if (fault.skipped < fault.rule.skip) {
          fault.skipped += 1
        } else if (fault.chance() < fault.rule.probability) {
          fault.hits += 1
          met.push(fault)
        }
      }
      return met
    },
  }
}
