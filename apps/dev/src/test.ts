/** `test`: checks, build, unit and browser tests, and one line with the sum. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { ensureProgram } from './programs.ts'
import { readPlaywright, readVitest, summarise, type Counts } from './reports.ts'
import { PNPM, ROOT, toolOf } from './workspace.ts'

/** What runs by default, and what takes as long again. */
const DEFAULT_PARTS = ['check', 'unit', 'packages', 'browser'] as const
const PARTS = [...DEFAULT_PARTS, 'examples', 'firefox'] as const
type Part = (typeof PARTS)[number]

/** In place of each secret while the app is built: S48 looks for them in the page. */
const SENTINELS = {
  POLAR_CLIENT_SECRET: 'SentinelOfTheClientSecret',
  SESSION_SECRETS: 'SentinelOfTheNewKey,SentinelOfTheOldKey',
  REDIS_URL: 'redis://:SentinelOfRedis@redis.invalid',
}

/** Parts run side by side, so a test may take ten times as long as alone. */
const PATIENCE = [
  '--testTimeout=90000',
  '--hookTimeout=90000',
  '--expect.poll.timeout=20000',
  // By default Vitest leaves one of two cores idle.
  `--maxWorkers=${availableParallelism()}`,
]

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !PARTS.includes(name as Part))
if (unknown !== undefined) {
  console.error(
    `No part ${unknown}: use ${PARTS.join(', ')}, or none for the first ${DEFAULT_PARTS.length}.`,
  )
  process.exit(1)
}
const parts = new Set(wanted.length === 0 ? DEFAULT_PARTS : (wanted as Part[]))
const needsBuild = [...parts].some((part) => part !== 'check' && part !== 'examples')
const needsChromium = [...parts].some((part) => part !== 'check' && part !== 'unit')
const needsFirefox = parts.has('browser') || parts.has('firefox')

const reports = mkdtempSync(join(tmpdir(), 'polar-connect-test-'))
const programs = {
  ...(needsBuild && (await ensureProgram('redis'))),
  ...(needsChromium && (await ensureProgram('chromium'))),
  ...(needsFirefox && (await ensureProgram('firefox'))),
}

const counts: Counts[] = []
if (needsBuild) await together(script('build', SENTINELS))
// Without a build, the tests would run against an older one.
if (counts.every(({ failed }) => failed === 0)) await runParts()
rmSync(reports, { recursive: true, force: true })

const { line, ok } = summarise(counts)
console.log(line)
process.exitCode = ok ? 0 : 1

/** Parts often wait, so they run side by side. */
async function runParts(): Promise<void> {
  await together(
    parts.has('unit') && vitest('unit', 'apps/dev/workspace.config.ts', PATIENCE),
    parts.has('check') && script('check'),
    parts.has('packages') && vitest('packages', 'built.config.ts', ['--root=apps/dev']),
  )
  const some = parts.has('examples') ? {} : { EXAMPLES: 'hono' }
  await together(
    parts.has('browser') && playwright('browser', 'apps/web'),
    (parts.has('browser') || parts.has('examples')) &&
      playwright('examples', 'apps/dev', some, ['--config=examples.config.ts']),
  )
  const alone = ['--project=firefox', '--no-deps']
  const inFirefox = { FIREFOX: 'all' }
  await together(parts.has('firefox') && playwright('firefox', 'apps/web', inFirefox, alone))
}

async function together(...runs: (Promise<Counts> | false)[]): Promise<void> {
  counts.push(...(await Promise.all(runs.filter((run) => run !== false))))
}

/** A script of the root's package.json: it counts as one test. */
async function script(name: string, more: Record<string, string> = {}): Promise<Counts> {
  const code = await run(name, '.', [...PNPM, 'run', name], more)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

async function vitest(name: string, config: string, more: readonly string[]): Promise<Counts> {
  const report = join(reports, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const command = [...toolOf('apps/dev', 'vitest'), 'run', `--config=${config}`, ...reporters]
  return readVitest(report, await run(name, '.', [...command, ...more]))
}

async function playwright(
  name: string,
  folder: string,
  more: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<Counts> {
  const report = join(reports, `${name}.json`)
  const command = [...toolOf(folder, '@playwright/test', 'playwright'), 'test', ...args]
  return readPlaywright(
    report,
    await run(name, folder, command, { ...more, PLAYWRIGHT_JSON: report }),
  )
}

/** Runs `command` to its end, and gives its exit code. Each line that it prints begins with `name`. */
async function run(
  name: string,
  folder: string,
  [command = '', ...args]: readonly string[],
  more: Record<string, string> = {},
): Promise<number> {
  const startedAt = performance.now()
  const print = function* (line: unknown) {
    yield `${name.padEnd(8)}  ${String(line)}`
  }
  const { exitCode = 1 } = await execa(command, args, {
    cwd: join(ROOT, folder),
    env: { ...programs, TARBALLS: join(reports, 'tarballs'), ...more },
    stdin: 'ignore',
    stdout: [print, 'inherit'],
    stderr: [print, 'inherit'],
    reject: false,
  })
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`${name} took ${seconds} s`)
  return exitCode
}
