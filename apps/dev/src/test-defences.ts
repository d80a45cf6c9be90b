/**
 * `test:defences`: takes each marked defence out in a copy of the workspace and expects a test of its
 * number to fail. Stryker changes the marked lines in every way that it knows. Where it knows none,
 * `security/weak-lines.ts` says how the line is weakened. Numbers as arguments (`S17 S22`) choose.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand, type Finished } from './run-command.ts'
import { findMarks, type Mark } from './security/marks.ts'
import { weakLineOf } from './security/weak-lines.ts'
import { PNPM, ROOT } from './workspace.ts'

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>
  readonly testFiles: Readonly<
    Record<string, { readonly tests: readonly { readonly id: string; readonly name: string }[] }>
  >
}

interface Mutant {
  readonly location: { readonly start: { readonly line: number } }
  readonly status: string
  readonly killedBy?: readonly string[]
}

const OWN_CONFIG = 'vitest.config.ts'

const wanted = process.argv.slice(2).map((name) => Number(name.replace('S', '')))
const marks = findMarks().filter(
  ({ numbers }) => wanted.length === 0 || numbers.some((number) => wanted.includes(number)),
)
const copy = makeCopy()
process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const installed = await run('.', ...PNPM, 'install', '--frozen-lockfile', '--prefer-offline')
if (installed.code !== 0) {
  console.error(installed.output)
  process.exit(1)
}

let failed = 0
// File by file, since a file has few numbers and each mutant then runs few tests.
for (const [file, own] of Map.groupBy(marks, ({ file }) => file)) {
  const killers = await mutate(
    file,
    own.filter((mark) => weakLineOf(mark) === undefined),
  )
  for (const mark of own) {
    const names = killers.get(mark) ?? (await weaken(mark))
    for (const number of mark.numbers) {
      const isRed = names.some((name) => named([number]).test(name))
      if (!isRed) failed += 1
      console.log(`${isRed ? 'red ' : 'DARK'}  S${number}: ${mark.text}  ${file}:${mark.line}`)
    }
  }
}
const total = marks.reduce((sum, { numbers }) => sum + numbers.length, 0)
console.log(`${total - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** The working tree as it is, without what git ignores. */
function makeCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'polar-connect-defences-'))
  const list = spawnSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  for (const file of list.stdout.split('\0').filter(Boolean)) {
    cpSync(join(ROOT, file), join(folder, file), { recursive: true })
  }
  return folder
}

/** The names of the tests that fail, by mark, over all mutants of its line. */
async function mutate(file: string, own: readonly Mark[]): Promise<Map<Mark, readonly string[]>> {
  if (own.length === 0) return new Map()
  const room = roomOf(file)
  const path = file.slice(room.length + 1)
  const folder = join(copy, room)
  const tools = join(copy, 'apps/dev/node_modules/@stryker-mutator')
  const settings = {
    testRunner: 'vitest',
    plugins: [join(tools, 'vitest-runner/dist/src/index.js')],
    vitest: { configFile: 'stryker.config.ts' },
    mutate: own.map(({ line }) => `${path}:${line}-${line}`),
    inPlace: true,
    // Stryker knows an older TypeScript, and needs none for this.
    tsconfigFile: 'none.json',
    // The first test that fails may bear another number, so all of them are wanted.
    disableBail: true,
    // A timeout would name no test.
    timeoutMS: 60_000,
    concurrency: availableParallelism(),
    reporters: ['json'],
    jsonReporter: { fileName: 'stryker.json' },
  }
  const numbers = own.flatMap((mark) => mark.numbers)
  writeFileSync(join(folder, 'stryker.settings.json'), JSON.stringify(settings))
  writeFileSync(join(folder, 'stryker.setup.js'), skipAllBut(named(numbers)))
  writeFileSync(join(folder, 'stryker.config.ts'), configOver(existsSync(join(folder, OWN_CONFIG))))
  const stryker = join(tools, 'core/bin/stryker.js')
  const ended = await run(room, process.execPath, stryker, 'run', 'stryker.settings.json')
  if (ended.code !== 0) {
    console.error(ended.output)
    return new Map(own.map((mark) => [mark, []]))
  }
  const report = JSON.parse(readFileSync(join(folder, 'stryker.json'), 'utf8')) as Report
  const tests = new Map(
    Object.values(report.testFiles).flatMap((tested) =>
      tested.tests.map(({ id, name }) => [id, name]),
    ),
  )
  const mutants = report.files[path]?.mutants ?? []
  return new Map(
    own.map((mark) => {
      const here = mutants.filter(({ location }) => location.start.line === mark.line)
      const killers = new Set(here.flatMap(({ killedBy = [] }) => killedBy))
      return [mark, [...killers].map((id) => tests.get(id) ?? '')]
    }),
  )
}

/** Replaces the line below `mark` by a weaker one, and gives the names of the tests that fail. */
async function weaken(mark: Mark): Promise<readonly string[]> {
  const weak = weakLineOf(mark)
  if (weak === undefined) return []
  const path = join(copy, mark.file)
  const whole = readFileSync(path, 'utf8')
  const lines = whole.split('\n')
  lines[mark.line - 1] = weak(lines[mark.line - 1] ?? '')
  writeFileSync(path, lines.join('\n'))
  try {
    const tests = mark.file.endsWith('.yaml') ? 'apps/dev' : roomOf(mark.file)
    const vitest = join(copy, tests, 'node_modules/vitest/vitest.mjs')
    const only = named(mark.numbers).source
    const args = ['run', '-t', only, '--reporter=json', '--outputFile=weak.json']
    await run(tests, process.execPath, vitest, ...args)
    const { testResults } = JSON.parse(readFileSync(join(copy, tests, 'weak.json'), 'utf8')) as {
      readonly testResults: readonly {
        readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
      }[]
    }
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName)
  } finally {
    writeFileSync(path, whole)
  }
}

/** Matches the names of tests for `numbers`, as in `S7, S56: …`. */
function named(numbers: readonly number[]): RegExp {
  return new RegExp(`\\bS(?:${numbers.join('|')})(?:, S\\d+)*: `)
}

function skipAllBut(names: RegExp): string {
  return `import { beforeEach, expect } from 'vitest'
beforeEach(({ skip }) => skip(!${names.toString()}.test(expect.getState().currentTestName)))
`
}

/** The package's own settings, and the hook that skips tests. */
function configOver(hasOwn: boolean): string {
  return `import { mergeConfig } from 'vitest/config'
${hasOwn ? `import own from './${OWN_CONFIG}'` : 'const own = {}'}
export default mergeConfig(own, { test: { setupFiles: ['./stryker.setup.js'] } })
`
}

function roomOf(file: string): string {
  return /^(?:packages|apps)\/[^/]+/.exec(file)?.[0] ?? '.'
}

function run(room: string, command: string, ...args: string[]): Promise<Finished> {
  // The property tests need few calls to meet a defence that is gone.
  const env = { ...process.env, FUZZ_CALLS: '100' }
  return runCommand(command, args, { cwd: join(copy, room), env, quiet: true })
}
