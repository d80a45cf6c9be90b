/** Runs one program to its end, without a shell; on Windows too, where npm is a batch file. */
import spawn from 'cross-spawn'
import type { Environment } from './settings.ts'

export interface Finished {
  readonly code: number
  /** Both streams, as they came. Empty when they went straight to the terminal. */
  readonly output: string
}

/** @param options.quiet keeps the output instead of showing it. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Environment; readonly quiet?: boolean },
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
