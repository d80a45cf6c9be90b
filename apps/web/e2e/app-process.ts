/** The built app as a process of its own, on each runtime that it is built for. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import { keepLog, keepSecrets } from './evidence.ts'
import { RUNTIMES, end, type Runtime } from './hosts/runtimes.ts'

export type { Runtime }

export interface AppProcess {
  /** Where it listens. Where it is opened is `APP_ORIGIN`. */
  readonly url: string
  readonly port: number
  /** Everything that it printed so far. */
  output(): string
  /** Puts the app's clock this far from the machine's. On Node alone. */
  setClock(offsetSeconds: number): Promise<void>
  /** What it holds of the machine's memory. On Node alone. */
  residentBytes(): Promise<number>
  stop(): Promise<void>
  /** Ends it in the middle of its work. On Node alone. */
  kill(): Promise<void>
}

export interface AppOptions {
  /** Environment beside, or instead of, the usual one. */
  readonly env?: Readonly<Record<string, string>>
  readonly port?: number
}

const START_TIMEOUT_MS = 90_000

export const randomSecret = (): string => randomBytes(32).toString('base64url')

/** Starts the app before the Polar at `polarUrl`, and waits until it answers. */
export async function startApp(
  runtime: Runtime,
  polarUrl: string,
  options: AppOptions = {},
): Promise<AppProcess> {
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const config = {
    APP_ORIGIN: url,
    POLAR_SERVER: polarUrl,
    POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
    POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
    SESSION_SECRETS: randomSecret(),
    LOG_LEVEL: 'debug',
    ...options.env,
  }
  const child = RUNTIMES[runtime](port, config)
  let output = ''
  child.stdout?.on('data', (chunk) => (output += String(chunk)))
  child.stderr?.on('data', (chunk) => (output += String(chunk)))
  keepSecrets([config.POLAR_CLIENT_SECRET, ...config.SESSION_SECRETS.split(',')])
  // Its streams may hold some words yet when the process is gone.
  const ended = once(child, 'close').then(() => keepLog(`the app on ${runtime}`, output))
  const stop = async () => {
    end(child)
    await ended
  }
  const ask = async (message: object) => {
    const answered = once(child, 'message')
    child.send(message)
    const [answer] = (await answered) as [{ resident_bytes: number }]
    return answer
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await answers(`${url}/bff/health`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`the app did not start on ${runtime}:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    port,
    output: () => output,
    async setClock(offsetSeconds) {
      await ask({ offset_ms: offsetSeconds * 1000 })
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    residentBytes: async () => (await ask({})).resident_bytes,
    stop,
  }
}

/** Starts the app with what should stop it, and gives its exit code and last words. */
export async function failToStart(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = RUNTIMES.node(0, env)
  let output = ''
  child.stderr?.on('data', (chunk) => (output += String(chunk)))
  // It listens: what should have stopped it did not, and its code is none.
  child.stdout?.on('data', (chunk) => String(chunk).includes('listening') && child.kill('SIGKILL'))
  const [code] = (await once(child, 'close')) as [number | null]
  keepLog('an app that should not start', output)
  return { code, output }
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
