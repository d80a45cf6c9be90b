/** What a runner counted, and all of them in one line. */

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The closing line, and whether all is well: nothing failed, and something ran. */
export function summarise(tallies: readonly Tally[]): {
  readonly line: string
  readonly ok: boolean
} {
  const sum = (name: keyof Tally) => tallies.reduce((total, tally) => total + tally[name], 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  const rest = skipped > 0 ? `, ${skipped} skipped` : ''
  return { line: `${passed} passed, ${failed} failed${rest}`, ok: failed === 0 && passed > 0 }
}
