/** Each runtime that the app is built for, as a process of its own. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Config = Readonly<Record<string, string>>

const SERVER_ROOM = fileURLToPath(new URL('../../../server/', import.meta.url))
const CONTROL = new URL('../app-control.mjs', import.meta.url).href

export const RUNTIMES = {
  node: (port, config) => start(['--import', CONTROL, 'dist/node.js'], nodeEnv(port, config)),
  workerd: startWorkerd,
  vercel: (port, config) => start([shim('vercel')], nodeEnv(port, config)),
  'lambda-url': (port, config) => start([shim('lambda'), 'url'], nodeEnv(port, config)),
  'lambda-stream': (port, config) => start([shim('lambda'), 'stream'], nodeEnv(port, config)),
  'lambda-gateway': (port, config) => start([shim('lambda'), 'gateway'], nodeEnv(port, config)),
  container: startContainer,
  split: (port, config) => start([shim('split')], nodeEnv(port, config)),
} as const satisfies Record<string, (port: number, config: Config) => ChildProcess>

export type Runtime = keyof typeof RUNTIMES

/** Why this machine cannot run it. Undefined if it can. */
export function obstacleOf(runtime: Runtime): string | undefined {
  if (runtime !== 'container') return undefined
  const mapped = process.getuid?.() === 0 ? [] : ['--map-root-user']
  const { status } = spawnSync('unshare', [...mapped, '--mount', 'true'])
  return status === 0 ? undefined : 'This user may make no mount namespace (unshare --mount).'
}

/** Ends it with all that it started. */
export function end(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  process.kill(-child.pid, 'SIGTERM')
}

function shim(name: string): string {
  return fileURLToPath(new URL(`${name}-shim.ts`, import.meta.url))
}

function nodeEnv(port: number, config: Config): NodeJS.ProcessEnv {
  const usual = {
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: 'localhost',
    SHUTDOWN_GRACE_SECONDS: '0',
  }
  return { PATH: process.env['PATH'], ...usual, ...config }
}

function start(args: readonly string[], env: NodeJS.ProcessEnv, command = process.execPath) {
  return spawn(command, [...args], {
    cwd: SERVER_ROOM,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own: some of them start others, and all must end.
    detached: true,
    env,
  })
}

function startWorkerd(port: number, config: Config): ChildProcess {
  const wrangler = join(SERVER_ROOM, 'node_modules/wrangler/bin/wrangler.js')
  const vars = Object.entries(config).flatMap(([name, value]) => ['--var', `${name}:${value}`])
  const where = ['--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0']
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' }
  // Two that share their Durable Objects' files lock each other out.
  const state = mkdtempSync(join(tmpdir(), 'polar-connect-workerd-'))
  const child = start([wrangler, 'dev', '--persist-to', state, ...where, ...vars], env)
  child.once('exit', () => rmSync(state, { recursive: true, force: true }))
  return child
}

/** The image's root without an engine: read-only, and as the user that the image names. */
function startContainer(port: number, config: Config): ChildProcess {
  const root = mkdtempSync(join(tmpdir(), 'polar-connect-root-'))
  execFileSync(process.execPath, [join(SERVER_ROOM, 'docker/make-root.ts'), root])
  const command = ['docker/run-root.sh', root, '/bin/node', '/app/server/dist/node.js']
  const child = start(command, nodeEnv(port, config), 'sh')
  child.once('exit', () => rmSync(root, { recursive: true, force: true }))
  return child
}
