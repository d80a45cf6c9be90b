/** The processes of `dev`: no shell and no signals between them, so every system runs them alike. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Environment } from './settings.ts'

/** How long a child may take to end by itself. */
const GRACE_MS = 1500

export interface ChildPlan {
  readonly name: string
  /** For Node: a script and what it takes. */
  readonly arguments: readonly string[]
  readonly env: Environment
  readonly cwd: string
}

export interface Child {
  readonly name: string
  /** Resolves with its exit code, or undefined after a signal. */
  readonly ended: Promise<number | undefined>
  stop(): Promise<void>
}

/** @param print gets each line that it writes. */
export function startChild(plan: ChildPlan, print: (line: string) => void): Child {
  const preload = new URL('./end-with-parent.mjs', import.meta.url).href
  const child = spawn(process.execPath, [...plan.arguments], {
    cwd: plan.cwd,
    // By the environment, since `--watch` starts a process of its own.
    env: { ...plan.env, NODE_OPTIONS: `${plan.env['NODE_OPTIONS'] ?? ''} --import=${preload}` },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', print)
  }
  const ended = once(child, 'close').then(
    ([code]) => (code as number | null) ?? undefined,
    (error: Error) => {
      print(error.message)
      return 1
    },
  )
  return {
    name: plan.name,
    ended,
    async stop() {
      child.stdin.end()
      const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      await ended
      clearTimeout(late)
    },
  }
}
