/** Runs the processes of `dev`. No shell and no signal between them, so every system runs them alike. */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { Environment } from './settings.ts'

/** How long a process may take to end by itself. */
const GRACE_MS = 1500
const READY_TIMEOUT_MS = 60_000
const POLL_MS = 50
const QUOTED_LINES = 20

export interface Plan {
  readonly name: string
  /** For Node: a script and its arguments. */
  readonly arguments: readonly string[]
  readonly env: Environment
  readonly cwd: string
  /** Answers once the process is ready. */
  readonly health: string
}

/** Runs until Ctrl+C, or until a process ends by itself. Then all end, with its exit code or 1 for 0. */
export async function supervise(plans: readonly Plan[], onReady: () => void): Promise<void> {
  let isReady = false
  let isStopping = false
  const children = plans.map((plan) => {
    const lines: string[] = []
    const child = start(plan)
    createInterface({ input: child.all }).on('line', (line) => {
      lines.splice(0, lines.length - QUOTED_LINES + 1)
      lines.push(line)
      // Greetings of the tools would bury what `onReady` prints.
      if (isReady && !isStopping) console.log(`${plan.name}  ${line}`)
    })
    void child.then(({ exitCode = 1 }) => {
      if (isStopping) return
      console.error(`${plan.name} stopped (exit code ${exitCode}). Last lines:`)
      for (const line of lines) console.error(`  ${line}`)
      void stop(exitCode || 1)
    })
    return child
  })

  async function stop(code: number): Promise<void> {
    if (isStopping) return
    isStopping = true
    for (const child of children) {
      child.stdin.end()
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    }
    await Promise.all(children)
    if (code === 0) console.log('Stopped.')
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop(0))
  }

  const deadline = performance.now() + READY_TIMEOUT_MS
  for (const { health } of plans) {
    while (!(await answers(health))) {
      if (performance.now() > deadline) {
        console.error(`${health} did not answer within ${READY_TIMEOUT_MS / 1000} s.`)
        return stop(1)
      }
      await sleep(POLL_MS)
    }
  }
  if (isStopping) return
  onReady()
  isReady = true
}

function start({ arguments: args, env, cwd }: Plan) {
  const preload = new URL('./end-with-parent.mjs', import.meta.url).href
  return execa(process.execPath, args, {
    cwd,
    // By the environment, since `--watch` starts a process of its own.
    env: { ...env, NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --import=${preload}` },
    extendEnv: false,
    all: true,
    buffer: false,
    reject: false,
  })
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
