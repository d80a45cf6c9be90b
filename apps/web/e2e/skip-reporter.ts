/** Says at the end why tests were skipped: Playwright's list has only their names. */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

// Playwright takes a reporter as the default export of a file.
// oxlint-disable-next-line import/no-default-export
export default class SkipReporter implements Reporter {
  readonly #counts = new Map<string, number>()

  onTestEnd({ annotations }: TestCase, { status }: TestResult): void {
    if (status !== 'skipped') return
    const reason = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1)
  }

  onEnd(): void {
    for (const [reason, count] of this.#counts) console.log(`  ${count} skipped: ${reason}`)
  }
}
