/** What Vitest and Playwright wrote of a run, read as a tally. */
import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Failure, Tally } from './tally.ts'

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    /** Of a file that could not even be loaded. */
    readonly message: string
    readonly status: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly {
      readonly projectName: string
      readonly status: string
      readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[]
    }[]
  }[]
}

interface PlaywrightReport extends PlaywrightSuite {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  readonly errors: readonly { readonly message?: string }[]
}

/** @param code how the runner ended: one that broke off failed, whatever it counted before. */
export function readVitest(path: string, code: number): Tally {
  return settle('vitest', code, parse(path) as VitestReport | undefined, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, message, status, assertionResults }) => {
      const failures = assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => toFailure(`${test.fullName} (${name})`, test.failureMessages ?? []))
      return status === 'failed' && failures.length === 0 ? [toFailure(name, [message])] : failures
    }),
  }))
}

/** @param code how the runner ended: one that broke off failed, whatever it counted before. */
export function readPlaywright(path: string, code: number): Tally {
  return settle('playwright', code, parse(path) as PlaywrightReport | undefined, (report) => ({
    passed: report.stats.expected,
    // One that passes only sometimes does not pass.
    failed: report.stats.unexpected + report.stats.flaky,
    skipped: report.stats.skipped,
    failures: [
      ...report.errors.map(({ message = '' }) => toFailure('playwright', [message])),
      ...failuresIn(report),
    ],
  }))
}

function failuresIn({ suites = [], specs = [] }: PlaywrightSuite): Failure[] {
  const here = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => {
        const messages = results.flatMap(({ errors }) => errors.map(({ message = '' }) => message))
        return toFailure(`${title} ([${projectName}] ${file})`, messages)
      }),
  )
  return [...suites.flatMap(failuresIn), ...here]
}

function settle<Report>(
  runner: string,
  code: number,
  report: Report | undefined,
  read: (report: Report) => Tally,
): Tally {
  const brokeOff = toFailure(runner, [`It ended with code ${code}.`])
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, failures: [brokeOff] }
  const tally = read(report)
  if (code === 0 || tally.failed > 0) return tally
  return { ...tally, failed: 1, failures: [...tally.failures, brokeOff] }
}

function toFailure(name: string, messages: readonly string[]): Failure {
  return { name, message: stripVTControlCharacters(messages.join('\n')) }
}

function parse(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
