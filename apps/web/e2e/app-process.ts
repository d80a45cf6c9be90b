/** The built app as a process of its own, on each runtime that it is built for. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'

export type Runtime = 'node' | 'workerd'

export interface AppProcess {
  readonly url: string
  stop(): Promise<void>
}

const SERVER_ROOM = fileURLToPath(new URL('../../server/', import.meta.url))
const START_TIMEOUT_MS = 90_000

/** Starts the app before the Polar at `polarUrl`, and waits until it answers. */
export async function startApp(
  runtime: Runtime,
  polarUrl: string,
  more: Readonly<Record<string, string>> = {},
): Promise<AppProcess> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const config = {
    APP_ORIGIN: url,
    POLAR_SERVER: polarUrl,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    SESSION_SECRETS: randomBytes(32).toString('base64url'),
    ...more,
  }
  const child =
    runtime === 'node'
      ? spawn(process.execPath, ['dist/node.js'], {
          cwd: SERVER_ROOM,
          stdio: ['ignore', 'ignore', 'inherit'],
          env: {
            ...config,
            PATH: process.env['PATH'],
            NODE_ENV: 'production',
            PORT: String(port),
            HOST: 'localhost',
            LOG_LEVEL: 'fatal',
          },
        })
      : spawn(process.execPath, wranglerArguments(port, config), {
          cwd: SERVER_ROOM,
          stdio: 'ignore',
          // A group of its own: wrangler starts workerd, and both must end.
          detached: true,
          env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
        })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) {
      process.kill(runtime === 'node' ? child.pid : -child.pid, 'SIGTERM')
    }
    await ended
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await answers(`${url}/bff/health`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`the app did not start on ${runtime}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { url, stop }
}

function wranglerArguments(port: number, config: Readonly<Record<string, string>>): string[] {
  const require = createRequire(`${SERVER_ROOM}package.json`)
  const wrangler = require
    .resolve('wrangler/package.json')
    .replace(/package\.json$/, 'bin/wrangler.js')
  const vars = Object.entries(config).flatMap(([name, value]) => ['--var', `${name}:${value}`])
  return [
    wrangler,
    'dev',
    '--port',
    String(port),
    '--ip',
    '127.0.0.1',
    '--inspector-port',
    '0',
    ...vars,
  ]
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    // Not there yet.
    return false
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
