/** Where things are in the workspace. */
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { execaSync } from 'execa'
import { UserError } from './user-error.ts'

const TOP = new URL('../../../', import.meta.url)
export const ROOT = fileURLToPath(TOP)
export const SERVER_ENTRY = new URL('apps/server/dist/node.js', TOP)

export const LIBRARIES = ['protocol', 'bff', 'browser', 'react', 'emulator'] as const
/** All that is published, each in the folder of its name. */
export const PACKAGES = [...LIBRARIES, 'create-polar-connect'] as const
export type PackageName = (typeof PACKAGES)[number]
export const FOLDERS = [
  ...PACKAGES.map((name) => `packages/${name}` as const),
  'apps/web',
  'apps/server',
  'apps/dev',
] as const

const started = process.env['npm_execpath'] ?? ''
/** The command line of pnpm: the one that runs this, if one does. */
export const PNPM: readonly [string, ...string[]] = started.includes('pnpm')
  ? [started]
  : ['npx', '-y', 'pnpm@12']

/**
 * The command line of a tool that `folder` depends on, as Node and its script. A shim in `.bin` would
 * need a shell on Windows.
 */
export function toolOf(folder: string, name: string, bin = name): readonly [string, string] {
  const path = findPackageJSON(name, pathToFileURL(join(ROOT, folder, 'package.json')))
  if (path === undefined) throw new Error(`${folder} does not have ${name}`)
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    bin: string | Record<string, string>
  }
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin]
  if (script === undefined) throw new Error(`${name} has no command ${bin}`)
  return [process.execPath, join(dirname(path), script)]
}

/**
 * Vite puts the paths of files into addresses as they are, where these characters mean something else.
 *
 * @throws {UserError} if Vite could not serve a page from `folder`.
 */
export function requireServable(folder: string): void {
  const [character] = /[#?%]/.exec(folder) ?? []
  if (character === undefined) return
  throw new UserError(
    `The page cannot load from a folder with ${character} in its path: ${folder}\n  Rename the folder or move the project, and run the command again.`,
  )
}

/**
 * The files that git knows or would add, from the root. Patterns choose some.
 *
 * @example
 * listFiles('packages/*\/src/*.ts') // its `*` also matches `/`
 */
export function listFiles(...patterns: readonly string[]): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns]
  return execaSync('git', args, { cwd: ROOT, lines: true }).stdout
}
