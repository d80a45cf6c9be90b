/** Starts a program and waits for its output. */
import { execa } from 'execa'

export interface Process {
  /** All that it has written so far. */
  log(): string
  stop(): Promise<void>
}

/**
 * Starts `line`, words with a space between, and waits until it has written `sign`.
 *
 * @throws {Error} with what it wrote, if it ends before.
 */
export async function startProcess(
  line: string,
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  sign: RegExp,
): Promise<Process> {
  const [command = '', ...args] = line.split(' ')
  // A group of its own: `npm run` starts others.
  const child = execa(command, args, {
    ...options,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    detached: true,
  })
  let log = ''
  const shown = new Promise<void>((resolve) => {
    child.all.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (sign.test(log)) resolve()
    })
  })
  const failed = child.then(() => {
    throw new Error(`${line} ended: ${log}`)
  })
  await Promise.race([shown, failed])
  // From here its end is expected.
  failed.catch(() => undefined)
  return {
    log: () => log,
    async stop() {
      if (child.nodeChildProcess.exitCode === null) process.kill(-child.pid!, 'SIGKILL')
      await child
    },
  }
}
