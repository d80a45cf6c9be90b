/** Programs of the machine: where they are, and how to get one that is missing. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from './run-command.ts'
import { ROOT } from './workspace.ts'

/** The path of the first of `names` that the search path leads to. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return paths.find((path) => existsSync(path))
}

/** Installs a package of the system where that is ours to do; says why where it fails. */
export async function installPackage(name: string): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const options = {
    cwd: ROOT,
    quiet: true,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  await runCommand('apt-get', ['update'], options)
  const packages = ['install', '-y', '--no-install-recommends', name]
  const installed = await runCommand('apt-get', packages, options)
  if (installed.code !== 0) console.error(installed.output)
}
