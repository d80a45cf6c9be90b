/** The processes of `dev`: no shell and no signals between them, so every system runs them alike. */
import { createInterface } from 'node:readline'
import { execa } from 'execa'
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
  const child = execa(process.execPath, plan.arguments, {
    cwd: plan.cwd,
    // By the environment, since `--watch` starts a process of its own.
    env: { ...plan.env, NODE_OPTIONS: `${plan.env['NODE_OPTIONS'] ?? ''} --import=${preload}` },
    extendEnv: false,
    all: true,
    buffer: false,
    reject: false,
  })
  createInterface({ input: child.all }).on('line', print)
  return {
    name: plan.name,
    ended: child.then(({ exitCode }) => exitCode),
    async stop() {
      child.stdin.end()
      const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      await child
      clearTimeout(late)
    },
  }
}
