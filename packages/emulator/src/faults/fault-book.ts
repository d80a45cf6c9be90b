/** The active faults, oldest first. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../world/clock.ts'
import { createRandom } from '../world/random.ts'
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
  const book: FaultBook = {
    list: () => faults,

    add(rule, preset) {
      const chance = createRandom(rule.seed).next
      const fault = { id: randomUUID(), preset: preset ?? null, rule, skipped: 0, hits: 0, chance }
      faults.push(fault)
      clock.advance(rule.clock_offset_seconds ?? 0)
      return fault
    },

    remove(id) {
      const fault = faults.find((entry) => entry.id === id)
      faults = faults.filter((entry) => entry !== fault)
      clock.advance(-(fault?.rule.clock_offset_seconds ?? 0))
      return fault !== undefined
    },

    clear() {
      for (const { id } of faults) book.remove(id)
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
  return book
}
