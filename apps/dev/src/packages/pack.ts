/** The packages as they would be published: built, and packed into one tarball each. */
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../run-command.ts'
import { ROOT, toolOf } from '../workspace.ts'

/** In the order in which they build: each reads the types of those in the rows before it. */
const BUILD_ORDER = [['protocol'], ['bff', 'browser', 'emulator'], ['react']] as const
export type PackageName = (typeof BUILD_ORDER)[number][number]
export const PACKAGES: readonly PackageName[] = BUILD_ORDER.flat()

export interface Manifest {
  readonly name: string
  readonly version: string
  /** What the workspace imports: sources, so that nothing has to be built first. */
  readonly exports: Readonly<Record<string, string>>
  /** pnpm puts these into the packed manifest. */
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** @param room such as `packages/bff`. */
export function manifestOf(room: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, room, 'package.json'), 'utf8')) as Manifest
}

/** @throws {Error} with the compiler's words. */
export async function buildPackages(): Promise<void> {
  for (const names of BUILD_ORDER) await Promise.all(names.map(buildPackage))
}

async function buildPackage(name: PackageName): Promise<void> {
  const room = `packages/${name}`
  // A file that is no more must not be published.
  rmSync(join(ROOT, room, 'dist'), { recursive: true, force: true })
  const [node, tsc] = toolOf(room, 'typescript', 'tsc')
  await runOrThrow(node, [tsc, '-p', 'tsconfig.build.json'], join(ROOT, room))
}

/** Packs what was built into `folder`, and gives the tarballs' paths. */
export async function packPackages(folder: string): Promise<Record<PackageName, string>> {
  const args = ['-y', 'pnpm@12', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  await runOrThrow('npx', args, ROOT)
  const tarballs = readdirSync(folder)
  const pathOf = (name: PackageName) => {
    const found = tarballs.find((file) => file.startsWith(`polar-connect-${name}-`))
    if (found === undefined) throw new Error(`no tarball of ${name}`)
    return join(folder, found)
  }
  return Object.fromEntries(PACKAGES.map((name) => [name, pathOf(name)])) as Record<
    PackageName,
    string
  >
}

/** @throws {Error} with all that the program said, where it ends with another code than 0. */
export async function runOrThrow(command: string, args: string[], cwd: string): Promise<string> {
  const { code, output } = await runCommand(command, args, { cwd, quiet: true })
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')}\n${output}`)
  return output
}
