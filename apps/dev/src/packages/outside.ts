/** A project outside the workspace, which has the packages from their tarballs as anybody would. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT, binary } from '../workspace.ts'
import { manifestOf, runOrThrow, type PackageName } from './pack.ts'

export type Installer = 'npm' | 'pnpm'

/** What its sources import beside ours, at the versions that the workspace has. */
const BESIDE: readonly (readonly [PackageName, readonly string[]])[] = [
  ['bff', ['hono', '@polar-sh/sdk', '@types/node']],
  ['react', ['@tanstack/react-query', 'react', 'react-router', '@types/react']],
]

const INSTALL: Record<Installer, readonly string[]> = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'],
  pnpm: ['npx', '-y', 'pnpm@12', 'install', '--prefer-offline'],
}

/** Writes the project to `folder` and installs it. */
export async function installOutside(
  installer: Installer,
  folder: string,
  tarballs: Readonly<Record<PackageName, string>>,
): Promise<void> {
  mkdirSync(folder)
  cpSync(join(ROOT, 'apps/dev/outside'), folder, { recursive: true })
  const ours = Object.fromEntries(
    Object.entries(tarballs).map(([name, path]) => [`@polar-connect/${name}`, `file:${path}`]),
  )
  const beside = BESIDE.flatMap(([room, names]) => {
    const { dependencies, devDependencies } = manifestOf(room)
    const all = { ...devDependencies, ...dependencies }
    return names.map((name) => [name, all[name]])
  })
  const dependencies = { ...ours, ...Object.fromEntries(beside) }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  // Not published yet, so what they need of each other is not to be had from the registry.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: ours }))
  const [command = '', ...args] = INSTALL[installer]
  await runOrThrow(command, args, folder)
}

/** Checks its types with our compiler. */
export async function checkTypesOutside(
  folder: string,
  moduleResolution: 'bundler' | 'nodenext',
): Promise<void> {
  const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext'
  const flags = ['-p', '.', '--module', module, '--moduleResolution', moduleResolution]
  await runOrThrow(binary('apps/dev', 'tsc'), flags, folder)
}

/** The same under nodenext with the compiler of two majors ago, which others still have. */
export async function checkOlderTypesOutside(folder: string): Promise<void> {
  const attw = createRequire(import.meta.url).resolve('@arethetypeswrong/core')
  const older = createRequire(attw).resolve('typescript/lib/tsc.js')
  await runOrThrow(process.execPath, [older, '-p', '.'], folder)
}
