/** The built Node entry as a process of its own, on a port that is free. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../../dist/node.js', import.meta.url))

export interface BuiltServer {
  readonly origin: string
  stop(): Promise<void>
}

/** @throws {Error} when it is not built, or ends before it listens. */
export async function startBuiltServer(
  env: Readonly<Record<string, string>>,
): Promise<BuiltServer> {
  if (!existsSync(ENTRY)) throw new Error('not built: run the build first')
  const child = spawn(process.execPath, [ENTRY], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, PORT: '0', HOST: '127.0.0.1' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    // Every line is read, since a full pipe would stop it.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as { msg: string; port: number }
      if (entry.msg === 'listening') resolve(entry.port)
    })
    child.once('exit', () => reject(new Error('the built server did not start')))
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
