/** `dev`: emulator, BFF and page with reload, in one command that needs nothing. */
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startChild, stopChildren, type Child, type ChildPlan } from './children.ts'
import { createSessionSecret, readSettings, type Environment } from './env-files.ts'
import { findFreePort, holderOf, isTaken } from './ports.ts'
import { polarName, readyBlock } from './ready-block.ts'
import { ROOT } from './workspace.ts'

/** The emulator's own client: made up, and known to everybody. */
const EMULATOR_CLIENT_ID = 'polar_ci_FakeLocalEmulatorClientFakeLocalEmulatorCli'
const EMULATOR_CLIENT_SECRET = 'polar_cs_FakeLocalEmulatorSecretFakeLocalEmulatorSec'
const READY_TIMEOUT_MS = 60_000
const POLL_MS = 50

await run()

async function run(): Promise<void> {
  const startedAt = performance.now()
  const { env, source } = readSettings(ROOT, process.env)
  const webPort = Number(env['PORT'] ?? 5173)
  const emulatorPort = Number(env['EMULATOR_PORT'] ?? 4567)
  const real = Boolean(env['POLAR_CLIENT_ID'])
  const app = `http://localhost:${webPort}`
  const emulator = `http://127.0.0.1:${emulatorPort}`

  if (await isTaken(webPort)) return fail(takenPort(webPort, 'PORT'))
  if (!real && (await isTaken(emulatorPort))) {
    return fail(takenPort(emulatorPort, 'EMULATOR_PORT'))
  }
  if (!env['SESSION_SECRETS']) {
    env['SESSION_SECRETS'] = createSessionSecret(ROOT)
    console.log('Created a session secret for development in .env.local (not committed).')
  }
  const apiPort = await findFreePort()
  const api = `http://127.0.0.1:${apiPort}`
  const apiEnv: Environment = {
    LOG_LEVEL: 'warn',
    ...env,
    PORT: String(apiPort),
    HOST: '127.0.0.1',
    APP_ORIGIN: app,
    ...(!real && {
      POLAR_SERVER: emulator,
      POLAR_CLIENT_ID: EMULATOR_CLIENT_ID,
      POLAR_CLIENT_SECRET: EMULATOR_CLIENT_SECRET,
    }),
  }
  const apiEntry = ['apps/server/src/node/development.ts', ...(source ? ['--source', source] : [])]
  const check = spawnSync(process.execPath, [...apiEntry, '--check'], {
    cwd: ROOT,
    env: apiEnv,
    encoding: 'utf8',
  })
  if (check.status !== 0) return fail(check.stderr.trim())

  const plans: ChildPlan[] = [
    {
      name: 'api',
      arguments: ['--watch', '--watch-preserve-output', ...apiEntry],
      env: apiEnv,
      cwd: ROOT,
    },
    {
      name: 'web',
      arguments: [viteEntry(), '--logLevel', 'warn', '--clearScreen', 'false'],
      env: { ...env, PORT: String(webPort), BFF_ORIGIN: api },
      cwd: join(ROOT, 'apps/web'),
    },
  ]
  if (!real) {
    plans.unshift({
      name: 'emu',
      arguments: [
        'packages/emulator/src/cli.ts',
        `--port=${emulatorPort}`,
        `--redirect-uri=${app}/auth/callback`,
        // One that stands beside another, on a port of its own, must not share its file.
        ...(env['EMULATOR_PORT'] === undefined ? ['--state=.dev/emulator.json'] : []),
        `--client-id=${EMULATOR_CLIENT_ID}`,
        `--client-secret=${EMULATOR_CLIENT_SECRET}`,
      ],
      env,
      cwd: ROOT,
    })
  }
  const health = [`${api}/bff/health`, app, ...(real ? [] : [`${emulator}/_emulator/health`])]
  await supervise(plans, health, () => {
    const seconds = (performance.now() - startedAt) / 1000
    const polar = polarName(env['POLAR_SERVER'])
    console.log(readyBlock({ seconds, app, polar, ...(!real && { emulator }) }))
    if (process.argv.includes('--open')) openBrowser(app)
  })
}

/** Runs until Ctrl+C, or until one of them dies: then all end with its exit code. */
async function supervise(
  plans: readonly ChildPlan[],
  health: readonly string[],
  onReady: () => void,
): Promise<void> {
  let ready = false
  let stopping = false
  // Greetings of frameworks would bury the block, so before it only what dies is quoted.
  const print = (line: string) => void (ready && !stopping && console.log(line))
  const children = plans.map((plan) => startChild(plan, print))

  async function stop(code: number): Promise<void> {
    if (stopping) return
    stopping = true
    await stopChildren(children)
    if (code === 0) console.log('Stopped.')
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop(0))
  }
  for (const child of children) void child.ended.then((code) => died(child, code))

  async function died(child: Child, code: number): Promise<void> {
    if (stopping) return
    console.error(`${child.name} stopped (exit code ${code}). Last lines:`)
    for (const line of child.lastLines) console.error(`  ${line}`)
    await stop(code || 1)
  }

  const deadline = performance.now() + READY_TIMEOUT_MS
  for (const url of health) {
    while (!stopping && !(await answers(url))) {
      if (performance.now() > deadline) {
        console.error(`${url} did not answer within ${READY_TIMEOUT_MS / 1000} s.`)
        return stop(1)
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  if (stopping) return
  onReady()
  ready = true
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Not there yet.
    return false
  }
}

function takenPort(port: number, name: 'PORT' | 'EMULATOR_PORT'): string {
  const holder = holderOf(port)
  const other = port + 7
  const advice =
    name === 'PORT'
      ? `PORT=${other} (then register http://localhost:${other}/auth/callback).`
      : `EMULATOR_PORT=${other}.`
  return `Port ${port} is in use${holder ? ` by ${holder}` : ''}.\n  Stop it, or run with ${advice}`
}

function viteEntry(): string {
  const require = createRequire(join(ROOT, 'apps/web/package.json'))
  return join(dirname(require.resolve('vite/package.json')), 'bin/vite.js')
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open'
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref()
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
