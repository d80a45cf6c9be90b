/** The packages as they would be published: built, and packed into one tarball each. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { PACKAGES, PNPM, ROOT, type PackageName } from '../workspace.ts'

export interface Manifest {
  /** What the workspace imports: sources, so that nothing has to be built first. */
  readonly exports: Readonly<Record<string, string>>
  /** What pnpm puts in their place in the packed manifest. */
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> }
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Where one run of `test` keeps the tarballs of this workspace for all that need them. */
export const tarballsIn = (folder: string) => process.env['TARBALLS'] ?? join(folder, 'tarballs')

export type Tarballs = Readonly<Record<PackageName, string>>

/** @param folder such as `packages/bff`. */
export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest
}

/**
 * Packs all packages into `folder`, unless they are there. Packing builds them, each after those that
 * it depends on.
 */
export async function packPackages(folder: string): Promise<Tarballs> {
  const [pnpm, ...args] = PNPM
  const all = [...args, '--filter', './packages/*', '--workspace-concurrency=1']
  if (!existsSync(folder)) {
    await runOrThrow(pnpm, [...all, 'pack', '--pack-destination', folder], ROOT)
  }
  const files = readdirSync(folder)
  const pathOf = (name: PackageName) => {
    const whole = name.startsWith('create-') ? name : `polar-connect-${name}`
    const found = files.find((file) => file.startsWith(`${whole}-`))
    if (found === undefined) throw new Error(`no tarball of ${name}`)
    return join(folder, found)
  }
  return Object.fromEntries(PACKAGES.map((name) => [name, pathOf(name)])) as Tarballs
}

/** @throws {ExecaError} with all that the program printed, if its exit code is not 0. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { all } = await execa(command, args, { cwd, env, stdin: 'ignore', all: true })
  return all
}
