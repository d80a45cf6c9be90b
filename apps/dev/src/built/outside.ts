/** A project outside the workspace that installs the packages from their tarballs. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSamples } from '../documents/samples.ts'
import { LIBRARIES, PNPM, ROOT, toolOf } from '../workspace.ts'
import { manifestOf, runOrThrow, type Tarballs } from './pack.ts'

/** Compilers that people still have, beside the workspace's own. */
export const OLDER_COMPILERS = ['5.6', '5.7', '6.0'] as const
type OlderCompiler = (typeof OLDER_COMPILERS)[number]

export interface Outside {
  readonly folder: string
  /** Runs each of the project's `files`, in turn. */
  run(...files: readonly string[]): Promise<void>
  checkTypes(resolution: 'bundler' | 'nodenext', compiler?: OlderCompiler): Promise<void>
  /** Checks the types of the code in the documents. */
  checkSamples(): Promise<void>
}

/** What its sources import beside ours, at the versions of the workspace, by who has them there. */
const BESIDE: readonly (readonly [string, readonly string[]])[] = [
  ['packages/bff', ['hono', 'express', '@types/express', '@types/node']],
  ['packages/react', ['@types/react']],
  ['packages/emulator', ['@hono/node-server', 'oauth4webapi', 'openid-client']],
  ['apps/web', ['@playwright/test', '@types/react-dom']],
  [
    'apps/dev',
    ['@opentelemetry/api', '@opentelemetry/sdk-metrics', 'typescript', 'vite', 'vitest'],
  ],
]

/** What only the documents use, so the workspace does not have it. */
const IN_DOCUMENTS = { 'better-auth': '1.7.25', jest: '30.5.2' }

const INSTALL = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'],
  pnpm: [...PNPM, 'install', '--prefer-offline'],
} as const

/**
 * The peers of our packages, as versions: with npm the lowest that we allow, with pnpm the newest.
 *
 * @example
 * peersOf('npm') // { undici: '7.0.0', … } if we allow '7 || 8'
 */
function peersOf(installer: keyof typeof INSTALL): Readonly<Record<string, string>> {
  const ranges = LIBRARIES.flatMap((name) =>
    Object.entries(manifestOf(`packages/${name}`).peerDependencies ?? {}),
  )
  const peers = ranges.map(([name, range]) => {
    const [lowest = '', highest = lowest] = range.split(' || ')
    const [major, minor = 0, patch = 0] = lowest.replace('^', '').split('.')
    return [name, installer === 'npm' ? `${major}.${minor}.${patch}` : highest] as const
  })
  const all = Object.fromEntries(peers)
  return { ...all, 'react-dom': all['react'] ?? '' }
}

const aliasOf = (compiler: OlderCompiler) => `typescript-${compiler}`

/** As `npm create polar-connect` does it, with the files of the tarball and nothing else. */
export async function createApp(tarball: string, folder: string, name: string): Promise<void> {
  const tool = join(folder, 'create')
  mkdirSync(tool)
  await runOrThrow('tar', ['-xzf', tarball, '-C', tool], folder)
  const said = await runOrThrow(process.execPath, ['create/package/dist/cli.js', name], folder)
  if (!said.includes('npm run dev')) throw new Error(`no next command: ${said}`)
}

/** Writes the project to `folder` and installs it. */
export async function installOutside(
  installer: keyof typeof INSTALL,
  folder: string,
  tarballs: Tarballs,
): Promise<Outside> {
  mkdirSync(folder)
  cpSync(join(ROOT, 'apps/dev/outside'), folder, { recursive: true })
  writeSamples(join(folder, 'samples'))
  const ours = Object.fromEntries(
    LIBRARIES.map((name) => [`@polar-connect/${name}`, `file:${tarballs[name]}`]),
  )
  const beside = Object.fromEntries(
    BESIDE.flatMap(([owner, names]) => {
      const { dependencies, devDependencies } = manifestOf(owner)
      const all = { ...devDependencies, ...dependencies }
      return names.map((name) => [name, all[name] ?? ''])
    }),
  )
  const compilers = OLDER_COMPILERS.map((version) => [
    aliasOf(version),
    `npm:typescript@~${version}.0`,
  ])
  const peers = peersOf(installer)
  // The tests of the documents run with pnpm.
  const documents = installer === 'pnpm' ? IN_DOCUMENTS : {}
  const more = { ...peers, ...documents, ...Object.fromEntries(compilers) }
  const dependencies = { ...ours, ...beside, ...more }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  // What they need of each other is not published yet.
  const overrides = installer === 'npm' ? ours : dependencies
  const packages = ['template']
  // For `jest --watch` alone.
  const allowBuilds = { '@parcel/watcher': false }
  writeFileSync(
    join(folder, 'pnpm-workspace.yaml'),
    JSON.stringify({ packages, overrides, allowBuilds }),
  )
  await createApp(tarballs['create-polar-connect'], folder, 'template')
  const [command, ...args] = INSTALL[installer]
  await runOrThrow(command, args, folder)

  const [node, newest] = toolOf('apps/dev', 'typescript', 'tsc')
  return {
    folder,
    async run(...files) {
      for (const file of files) await runOrThrow(node, [file], folder)
    },
    async checkTypes(resolution, compiler) {
      const tsc = compiler ? join(folder, 'node_modules', aliasOf(compiler), 'lib/tsc.js') : newest
      const module = resolution === 'bundler' ? 'esnext' : 'nodenext'
      const flags = ['--module', module, '--moduleResolution', resolution]
      // Types of others: Hono needs 5.7, and the first React Router 7 has optional members that may be undefined.
      if (compiler === '5.6' || installer === 'npm') flags.push('--skipLibCheck')
      // The page has no types of Node, and the server none of the DOM.
      for (const project of ['tsconfig.json', 'tsconfig.server.json']) {
        await runOrThrow(node, [tsc, '-p', project, ...flags], folder)
      }
    },
    async checkSamples() {
      await runOrThrow(node, [newest, '-p', 'tsconfig.samples.json'], folder)
    },
  }
}
