/** `test`: lint, types, unit and browser tests, and one line that sums them all up. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureChromium } from './ensure-chromium.ts'
import { ensureRedis } from './ensure-redis.ts'
import { readPlaywright, readVitest } from './reports.ts'
import { runCommand } from './run-command.ts'
import { summarise, type Tally } from './tally.ts'
import { ROOMS, ROOT, binary } from './workspace.ts'

const PARTS = ['lint', 'unit', 'e2e'] as const
type Part = (typeof PARTS)[number]

/** In the place of each secret at the build: S48 looks for them in all that it made. */
const SENTINELS = {
  POLAR_CLIENT_SECRET: 'SentinelOfTheClientSecret',
  SESSION_SECRETS: 'SentinelOfTheNewKey,SentinelOfTheOldKey',
  REDIS_URL: 'redis://:SentinelOfRedis@redis.invalid',
}

const reports = mkdtempSync(join(tmpdir(), 'polar-connect-test-'))
const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.includes(name as Part))
if (unknown !== undefined) {
  console.error(`No part ${unknown}: use ${PARTS.join(', ')}, or none for all.`)
  process.exit(1)
}
const runs = (part: Part) => wanted.length === 0 || wanted.includes(part)

const tallies = await runParts()
rmSync(reports, { recursive: true, force: true })

const { failures, line, ok } = summarise(tallies)
if (failures !== '') console.log(`\n${failures}\n`)
console.log(line)
process.exitCode = ok ? 0 : 1

async function runParts(): Promise<Tally[]> {
  const tallies: Tally[] = []
  // Checks are one program at a time and often wait for a registry: the unit tests fill the gaps.
  const checks = runs('lint') ? checkSources() : Promise.resolve([])
  if (runs('unit') || runs('e2e')) tallies.push(await build(), await checkSizes())
  if (runs('unit')) tallies.push(await runUnitTests())
  tallies.push(...(await checks))
  if (runs('e2e')) tallies.push(await runBrowserTests())
  return tallies
}

/** Lint, format, and the types of every room: each counts as one test. */
async function checkSources(): Promise<Tally[]> {
  const checks: [string, string, string[], string][] = [
    ['lint', binary('apps/dev', 'oxlint'), ['--type-aware', '--deny-warnings'], ROOT],
    ['format', binary('apps/dev', 'prettier'), ['--check', '--log-level', 'warn', '.'], ROOT],
    ...ROOMS.map((room): [string, string, string[], string] => [
      `types of ${room}`,
      binary(room, 'tsc'),
      ['-p', '.'],
      join(ROOT, room),
    ]),
    ['types of apps/web/e2e', binary('apps/web', 'tsc'), ['-p', 'e2e'], join(ROOT, 'apps/web')],
    // The packages as others get them.
    ['packages', process.execPath, ['apps/dev/src/launch.mjs', 'pack-check'], ROOT],
  ]
  const tallies: Tally[] = []
  for (const [name, command, args, cwd] of checks)
    tallies.push(await check(name, command, args, cwd))
  return tallies
}

/** What is built is what the browser tests open. */
function build(): Promise<Tally> {
  return check('build', process.execPath, ['apps/dev/src/launch.mjs', 'build'], ROOT, SENTINELS)
}

async function checkSizes(): Promise<Tally> {
  const args = ['apps/dev/src/launch.mjs', 'sizes']
  return check('sizes', process.execPath, args, ROOT)
}

async function check(
  name: string,
  command: string,
  args: string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Tally> {
  // The type-aware half of oxlint is a program of its own, found by the path.
  const path = `${binary('apps/dev', '')}${delimiter}${process.env['PATH']}`
  const env = { ...process.env, ...more, PATH: path }
  const { code, output } = await runCommand(command, args, { cwd, env, quiet: true })
  if (code === 0) {
    console.log(`ok      ${name}`)
    return { passed: 1, failed: 0, skipped: 0, failures: [] }
  }
  console.log(`FAILED  ${name}\n${output}`)
  return { passed: 0, failed: 1, skipped: 0, failures: [{ name, message: output }] }
}

async function runUnitTests(): Promise<Tally> {
  const redis = await ensureRedis()
  if (redis === undefined) console.error('What needs Redis is skipped: no redis-server was found.')
  const report = join(reports, 'vitest.json')
  const { code } = await runCommand(
    binary('apps/dev', 'vitest'),
    [
      'run',
      '--config',
      'apps/dev/all-rooms.config.ts',
      // Two cores, shared: what takes a second elsewhere may take ten here. They hold in every room.
      '--testTimeout=90000',
      '--hookTimeout=90000',
      '--expect.poll.timeout=20000',
      // By itself it would leave one of two cores idle.
      `--maxWorkers=${availableParallelism()}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: ROOT, env: { ...process.env, REDIS_SERVER_PATH: redis } },
  )
  return readVitest(report, code)
}

async function runBrowserTests(): Promise<Tally> {
  const chromium = await ensureChromium()
  if (chromium === undefined) {
    const message =
      'Browser tests need Chromium: install the package chromium, or set CHROMIUM_PATH.'
    return { passed: 0, failed: 1, skipped: 0, failures: [{ name: 'browser tests', message }] }
  }
  const report = join(reports, 'playwright.json')
  const { code } = await runCommand(binary('apps/web', 'playwright'), ['test'], {
    cwd: join(ROOT, 'apps/web'),
    env: {
      ...process.env,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON: report,
      REDIS_SERVER_PATH: await ensureRedis(),
    },
  })
  return readPlaywright(report, code)
}
