/** Where things are in the workspace. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TOP = new URL('../../../', import.meta.url)
export const ROOT = fileURLToPath(TOP)
export const SERVER_ENTRY = new URL('apps/server/dist/node.js', TOP)

export const PACKAGES = ['protocol', 'bff', 'browser', 'react', 'emulator'] as const
export type PackageName = (typeof PACKAGES)[number]
export const FOLDERS = [
  ...PACKAGES.map((name) => `packages/${name}` as const),
  'apps/web',
  'apps/server',
  'apps/dev',
] as const

/**
 * The command line of a tool that `folder` depends on, as Node and its script. A shim in `.bin` would
 * need a shell on Windows.
 */
export function toolOf(folder: string, name: string, bin = name): readonly [string, string] {
  const require = createRequire(join(ROOT, folder, 'package.json'))
  const manifest = require.resolve(`${name}/package.json`)
  const bins = (require(manifest) as { bin: string | Record<string, string> }).bin
  const script = typeof bins === 'string' ? bins : bins[bin]
  if (script === undefined) throw new Error(`${name} has no command ${bin}`)
  return [process.execPath, join(dirname(manifest), script)]
}
