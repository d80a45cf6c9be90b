/** `test`: checks, build, unit and browser tests, and one line that adds them up. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureProgram } from './programs.ts'
import { readPlaywright, readVitest, summarise, type Counts } from './reports.ts'
import { runCommand } from './run-command.ts'
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

/** Two cores, shared: what takes a second elsewhere may take ten here. */
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
const needsBrowsers = ['browser', 'examples', 'firefox'].some((part) => parts.has(part as Part))

const reports = mkdtempSync(join(tmpdir(), 'polar-connect-test-'))
const programs = {
  ...(needsBuild && (await ensureProgram('redis'))),
  ...(needsBrowsers && (await ensureProgram('chromium'))),
  ...(needsBrowsers && (await ensureProgram('firefox'))),
}
const env = { ...process.env, ...programs, TARBALLS: join(reports, 'tarballs') }
const counts: Counts[] = []
if (needsBuild) counts.push(await script('build', SENTINELS))
// The checks often wait for one program: the unit tests fill the gaps.
const checked = parts.has('check') ? script('check') : undefined
if (parts.has('unit')) counts.push(await vitest('unit', 'apps/dev/workspace.config.ts', PATIENCE))
if (checked) counts.push(await checked)
if (parts.has('packages')) {
  counts.push(await vitest('packages', 'built.config.ts', ['--root=apps/dev']))
}
if (parts.has('browser')) counts.push(await playwright('apps/web', {}))
if (parts.has('browser') || parts.has('examples')) {
  const some = parts.has('examples') ? {} : { EXAMPLES: 'hono' }
  counts.push(await playwright('apps/dev', some, ['--config=examples.config.ts']))
}
if (parts.has('firefox')) {
  const alone = ['--project=firefox', '--no-deps']
  counts.push(await playwright('apps/web', { FIREFOX: 'all' }, alone))
}
rmSync(reports, { recursive: true, force: true })

const { line, ok } = summarise(counts)
console.log(line)
process.exitCode = ok ? 0 : 1

/** A script of the root's package.json: it counts as one test. */
async function script(name: string, more: Record<string, string> = {}): Promise<Counts> {
  const [pnpm, ...args] = PNPM
  const options = { cwd: ROOT, env: { ...env, ...more }, quiet: true }
  const { code, output } = await runCommand(pnpm, [...args, 'run', name], options)
  console.log(code === 0 ? `ok      ${name}` : `FAILED  ${name}\n${output}`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

async function vitest(name: string, config: string, more: readonly string[]): Promise<Counts> {
  const report = join(reports, `${name}.json`)
  const [node, cli] = toolOf('apps/dev', 'vitest')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [cli, 'run', `--config=${config}`, ...reporters, ...more]
  const { code } = await runCommand(node, args, { cwd: ROOT, env })
  return readVitest(report, code)
}

async function playwright(
  folder: string,
  more: Record<string, string>,
  args: readonly string[] = [],
): Promise<Counts> {
  const report = join(reports, 'playwright.json')
  const [node, cli] = toolOf(folder, '@playwright/test', 'playwright')
  const { code } = await runCommand(node, [cli, 'test', ...args], {
    cwd: join(ROOT, folder),
    env: { ...env, ...more, PLAYWRIGHT_JSON: report },
  })
  return readPlaywright(report, code)
}
