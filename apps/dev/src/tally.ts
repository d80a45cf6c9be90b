/** What a runner counted, and all of them in one line. */

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What is known of each that failed: said once more at the end, where it is looked for. */
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly name: string
  readonly message: string
}

/** Of a message: enough to know the place. The whole stands further up. */
const MESSAGE_LINES = 12

/** The closing line, and whether all is well: nothing failed, and something ran. */
export function summarise(tallies: readonly Tally[]): {
  /** What failed, each with how its message begins. */
  readonly failures: string
  readonly line: string
  readonly ok: boolean
} {
  const sum = (name: 'passed' | 'failed' | 'skipped') =>
    tallies.reduce((total, tally) => total + tally[name], 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  const rest = skipped > 0 ? `, ${skipped} skipped` : ''
  return {
    failures: tallies.flatMap(({ failures }) => failures.map(describeFailure)).join('\n'),
    line: `${passed} passed, ${failed} failed${rest}`,
    ok: failed === 0 && passed > 0,
  }
}

function describeFailure({ name, message }: Failure): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '')
  return [
    `FAILED  ${name}`,
    ...lines.slice(0, MESSAGE_LINES).map((line) => `        ${line}`),
  ].join('\n')
}
