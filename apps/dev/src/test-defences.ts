/**
 * `test:defences`: takes each defence out in turn, in a copy, and looks whether a test of its number
 * goes red. Numbers as arguments (`S17 S22`) choose some of them.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './ensure-chromium.ts'
import { runCommand, type Finished } from './run-command.ts'
import { DEFENCES, type Defence } from './security/defences.ts'
import { ROOT } from './workspace.ts'

const wanted = process.argv.slice(3)
const chosen = DEFENCES.filter(({ number }) => wanted.length === 0 || wanted.includes(`S${number}`))
const chromium = await ensureChromium()
if (chromium === undefined) {
  console.error('It needs Chromium: install the package chromium, or set CHROMIUM_PATH.')
  process.exit(1)
}
const env = { ...process.env, CHROMIUM_PATH: chromium }
const copy = makeCopy()
process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

await must('install', 'npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline'])
await must('build', process.execPath, ['apps/dev/src/launch.mjs', 'build'])
await findGreen()

const unwatched: Defence[] = []
/** The room that was last built without a defence. */
let unguarded = 'apps/server'
for (const defence of chosen) {
  const seen = await isWatched(defence)
  console.log(`${seen ? 'red ' : 'DARK'}  S${defence.number}  without: ${defence.without}`)
  if (!seen) unwatched.push(defence)
}
console.log(`${chosen.length - unwatched.length} passed, ${unwatched.length} failed`)
process.exitCode = unwatched.length === 0 ? 0 : 1

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

async function must(
  name: string,
  command: string,
  args: readonly string[],
  room?: string,
): Promise<void> {
  const { code, output } = await run(command, args, room)
  if (code === 0) return
  console.error(`${name} failed:\n${output}`)
  process.exit(1)
}

/** Builds what `file` is built into, and what the defence before left in the other half. */
async function buildAround(file: string): Promise<void> {
  const room = /^(packages\/bff|apps\/server)\//.test(file) ? 'apps/server' : 'apps/web'
  for (const stale of new Set([unguarded, room])) {
    await must(`build of ${stale}`, binaryIn(stale, 'vite'), ['build', '--logLevel', 'warn'], stale)
  }
  unguarded = room
}

function binaryIn(room: string, name: string): string {
  return join(copy, room, 'node_modules/.bin', name)
}

function run(command: string, args: readonly string[], room = '.'): Promise<Finished> {
  return runCommand(command, args, { cwd: join(copy, room), env, quiet: true })
}

/** With every defence in place all is green: what goes red later, goes red for its reason. */
async function findGreen(): Promise<void> {
  const rooms = new Set(chosen.map(({ watchedBy }) => watchedBy))
  for (const room of rooms) {
    const numbers = new Set(
      chosen.filter(({ watchedBy }) => watchedBy === room).map(({ number }) => number),
    )
    const { code, output } = await runTests(room, [...numbers])
    if (code === 0) continue
    console.error(`Not green to begin with:\n${output}`)
    process.exit(1)
  }
}

async function isWatched({ number, file, from, to, watchedBy }: Defence): Promise<boolean> {
  const path = join(copy, file)
  const whole = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    whole.replace(from, () => to),
  )
  try {
    if (watchedBy === undefined) await buildAround(file)
    const { code, output } = await runTests(watchedBy, [number])
    // An app that does not even start proves nothing about its tests.
    return code !== 0 && !/did not start|No tests? found|SyntaxError/.test(output)
  } finally {
    writeFileSync(path, whole)
  }
}

function runTests(room: Defence['watchedBy'], numbers: readonly number[]): Promise<Finished> {
  const pattern = `S(${numbers.join('|')}):`
  if (room !== undefined) {
    return run(
      binaryIn(room, 'vitest'),
      ['run', '-t', pattern, '--bail=1', '--testTimeout=30000'],
      room,
    )
  }
  const args = ['test', '--project=node', 'security/', '-g', pattern, '--max-failures=1']
  return run(binaryIn('apps/web', 'playwright'), args, 'apps/web')
}
