/** What the test runners report, as counts that can be added up. */
import { existsSync, readFileSync } from 'node:fs'
import type { JSONReport } from '@playwright/test/reporter'
import type { JsonTestResults } from 'vitest/node'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** @param code how the runner ended. A file that does not load fails no test, but ends it with 1. */
export function readVitest(path: string, code: number): Counts {
  return settle(path, code, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }))
}

/** @param code how the runner ended. */
export function readPlaywright(path: string, code: number): Counts {
  return settle(path, code, ({ stats }) => ({
    passed: stats.expected,
    // A test that passes only sometimes does not pass.
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))
}

type Report = JsonTestResults & JSONReport

function settle(path: string, code: number, read: (report: Report) => Counts): Counts {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 }
  const counts = read(JSON.parse(readFileSync(path, 'utf8')) as Report)
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** The closing line, and whether all is well: nothing failed, and something ran. */
export function summarise(all: readonly Counts[]): { readonly line: string; readonly ok: boolean } {
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  const rest = skipped > 0 ? `, ${skipped} skipped` : ''
  return { line: `${passed} passed, ${failed} failed${rest}`, ok: failed === 0 && passed > 0 }
}
