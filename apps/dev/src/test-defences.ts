/**
 * `test:defences`: takes each marked defence out in a copy of the workspace, and expects a test of its
 * number to fail. Stryker changes the marked lines in every way that it knows. For the others,
 * `security/weak-lines.ts` says how to weaken the line. Arguments choose the numbers: `S17 S22`.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { schema } from '@stryker-mutator/api/core'
import { execa } from 'execa'
import type { JsonTestResults } from 'vitest/node'
import { findMarks, type Mark } from './security/marks.ts'
import { weakLineOf } from './security/weak-lines.ts'
import { PNPM, ROOT, listFiles } from './workspace.ts'

const OWN_CONFIG = 'vitest.config.ts'

const wanted = process.argv.slice(2).map((name) => Number(name.replace('S', '')))
const marks = findMarks().filter(
  ({ numbers }) => wanted.length === 0 || numbers.some((number) => wanted.includes(number)),
)
/** The working tree as it is, without the files that git ignores. */
const copy = mkdtempSync(join(tmpdir(), 'polar-connect-defences-'))
process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
for (const file of listFiles()) cpSync(join(ROOT, file), join(copy, file))
await run('.', ...PNPM, 'install', '--frozen-lockfile', '--prefer-offline')

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

/** The names of the tests that fail, by mark, over all mutants of its line. */
async function mutate(file: string, own: readonly Mark[]): Promise<Map<Mark, readonly string[]>> {
  if (own.length === 0) return new Map()
  const owner = packageOf(file)
  const path = file.slice(owner.length + 1)
  const folder = join(copy, owner)
  const tools = join(copy, 'apps/dev/node_modules/@stryker-mutator')
  const settings = {
    testRunner: 'vitest',
    plugins: [join(tools, 'vitest-runner/dist/src/index.js')],
    vitest: { configFile: 'stryker.config.ts' },
    mutate: own.map(({ line }) => `${path}:${line}-${line}`),
    inPlace: true,
    // Stryker knows an older TypeScript, and needs none for this.
    tsconfigFile: 'none.json',
    // Run all: the first failure may belong to another requirement.
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
  const config = configOver(existsSync(join(folder, OWN_CONFIG)), testsOf(numbers, owner))
  writeFileSync(join(folder, 'stryker.config.ts'), config)
  const stryker = join(tools, 'core/bin/stryker.js')
  try {
    await run(owner, process.execPath, stryker, 'run', 'stryker.settings.json')
  } catch (error) {
    console.error(error)
    return new Map(own.map((mark) => [mark, []]))
  }
  const report = JSON.parse(
    readFileSync(join(folder, 'stryker.json'), 'utf8'),
  ) as schema.MutationTestResult
  const tests = new Map(
    Object.values(report.testFiles ?? {}).flatMap((file) =>
      file.tests.map(({ id, name }) => [id, name]),
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
    const tests = mark.file.endsWith('.yaml') ? 'apps/dev' : packageOf(mark.file)
    const vitest = join(copy, tests, 'node_modules/vitest/vitest.mjs')
    const only = ['-t', named(mark.numbers).source, ...testsOf(mark.numbers, tests)]
    const args = ['run', ...only, '--reporter=json', '--outputFile=weak.json']
    // It fails, as it should.
    await run(tests, process.execPath, vitest, ...args).catch(() => undefined)
    const report = readFileSync(join(copy, tests, 'weak.json'), 'utf8')
    return (JSON.parse(report) as JsonTestResults).testResults
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

/** The package's own settings, for the files in `tests` alone, and the hook that skips tests. */
function configOver(hasOwn: boolean, tests: readonly string[]): string {
  return `import { mergeConfig } from 'vitest/config'
${hasOwn ? `import own from './${OWN_CONFIG}'` : 'const own = { test: {} }'}
own.test.include = ${JSON.stringify(tests)}
export default mergeConfig(own, { test: { setupFiles: ['./stryker.setup.js'] } })
`
}

/** The files of `owner` with a test for one of `numbers`. Tests of a contract run where it is imported. */
function testsOf(numbers: readonly number[], owner: string): readonly string[] {
  const read = (file: string) => readFileSync(join(copy, file), 'utf8')
  const files = listFiles(owner)
  const inContract = files.some(
    (file) => file.endsWith('contract.ts') && named(numbers).test(read(file)),
  )
  return files
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter(
      (file) => named(numbers).test(read(file)) || (inContract && /contract\.ts'/.test(read(file))),
    )
    .map((file) => file.slice(owner.length + 1))
}

function packageOf(file: string): string {
  return /^(?:packages|apps)\/[^/]+/.exec(file)?.[0] ?? '.'
}

/** @throws {ExecaError} that tells all that the program printed. */
async function run(folder: string, command: string, ...args: string[]): Promise<void> {
  // The property tests need few calls to find that a defence is gone.
  const env = { FUZZ_CALLS: '100' }
  await execa(command, args, { cwd: join(copy, folder), env, stdin: 'ignore', all: true })
}
