/** The processes of the dev command: started together, prefixed in the log, ended together. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Environment } from './env-files.ts'

/** How long a child may take to end by itself. */
const GRACE_MS = 1500
const KEPT_LINES = 20

export interface Child {
  readonly name: string
  readonly process: ChildProcess
  /** Its last lines, for when it dies. */
  readonly lastLines: readonly string[]
  /** Resolves with its exit code. */
  readonly ended: Promise<number>
}

export interface ChildPlan {
  readonly name: string
  readonly arguments: readonly string[]
  readonly env: Environment
  readonly cwd: string
}

/** @param print where its lines go, with its name before them. */
export function startChild(plan: ChildPlan, print: (line: string) => void): Child {
  const preload = new URL('./exit-with-parent.mjs', import.meta.url).href
  const child = spawn(process.execPath, [...plan.arguments], {
    cwd: plan.cwd,
    env: { ...plan.env, NODE_OPTIONS: `--import=${preload}` },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl+C reaches the command alone, and the command ends whole groups.
    detached: true,
  })
  const lastLines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line)
      if (lastLines.length > KEPT_LINES) lastLines.shift()
      print(`${plan.name}  ${line}`)
    })
  }
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 0)))
  })
  return { name: plan.name, process: child, lastLines, ended }
}

/** Ends all of them with whatever they started, first politely. */
export async function stopChildren(children: readonly Child[]): Promise<void> {
  for (const child of children) signalGroup(child, 'SIGTERM')
  const all = Promise.all(children.map(({ ended }) => ended))
  const grace = new Promise((resolve) => setTimeout(resolve, GRACE_MS))
  await Promise.race([all, grace])
  for (const child of children) signalGroup(child, 'SIGKILL')
  await all
}

function signalGroup({ process: child }: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // ESRCH: the group has ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
