/** Every state that the model can come to, until one of them is wrong. */
import { faultAtRest, stepsOf, type Rules, type State } from './model.ts'

export interface Found {
  /** How many different states were seen. */
  readonly states: number
  readonly fault: string | undefined
  /** What led to the fault: the shortest way. */
  readonly trace: readonly string[]
}

interface Way {
  readonly state: State
  readonly label: string
  readonly before: Way | undefined
}

/** @param faults those that are looked for. By default any. */
export function search(start: State, rules: Rules, faults?: readonly string[]): Found {
  const counts = (fault: string | undefined) => fault && (!faults || faults.includes(fault))
  const seen = new Set([JSON.stringify(start)])
  let ways: Way[] = [{ state: start, label: '', before: undefined }]
  while (ways.length > 0) {
    const further: Way[] = []
    for (const way of ways) {
      const steps = stepsOf(way.state, rules)
      const fault = way.state.fault ?? (steps.length === 0 ? faultAtRest(way.state) : undefined)
      if (counts(fault)) return { states: seen.size, fault, trace: traceOf(way) }
      for (const { label, next } of steps) {
        const key = JSON.stringify(next)
        if (seen.has(key)) continue
        seen.add(key)
        further.push({ state: next, label, before: way })
      }
    }
    ways = further
  }
  return { states: seen.size, fault: undefined, trace: [] }
}

function traceOf(way: Way): string[] {
  return way.before === undefined ? [] : [...traceOf(way.before), way.label]
}
