/**
 * Which package may import which: held by each package.json, by pnpm, and by lint. And which file may
 * touch the Web APIs that a browser may refuse.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FOLDERS, LIBRARIES, ROOT, toolOf } from './workspace.ts'

type Folder = (typeof FOLDERS)[number]

/** What each may import when it runs. Its tests may import more. */
const MAY_IMPORT: Record<Folder, readonly string[]> = {
  'packages/protocol': [],
  'packages/bff': ['protocol'],
  'packages/browser': ['protocol'],
  'packages/react': ['browser', 'protocol'],
  'packages/emulator': [],
  'packages/create-polar-connect': [],
  'apps/web': ['react', 'browser', 'protocol'],
  'apps/server': ['bff', 'protocol'],
  'apps/dev': [],
}

/** What can be imported, as `@polar-connect/<name>`. */
const NAMES = [...LIBRARIES, 'web', 'server', 'dev']

interface Manifest {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

const manifestOf = (folder: Folder) =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest

const oursIn = (dependencies: Record<string, string> = {}) =>
  Object.keys(dependencies).flatMap((name) => /^@polar-connect\/(.+)$/.exec(name)?.[1] ?? [])

describe.each(FOLDERS)('%s', (folder) => {
  it('depends on the packages that it may import, and no others', () => {
    const { dependencies } = manifestOf(folder)
    expect(oursIn(dependencies).toSorted()).toEqual(MAY_IMPORT[folder].toSorted())
  })

  it('finds no package that it does not depend on', () => {
    const { dependencies, devDependencies } = manifestOf(folder)
    const named = new Set([...oursIn(dependencies), ...oursIn(devDependencies)])
    const require = createRequire(join(ROOT, folder, 'package.json'))
    for (const other of NAMES.filter((name) => !folder.endsWith(name) && !named.has(name))) {
      expect(() => require.resolve(`@polar-connect/${other}`), other).toThrow('Cannot find module')
    }
  })
})

describe('lint', () => {
  /** The lint settings over planted imports, away from the sources. */
  let root: string
  const planted = FOLDERS.flatMap((folder) =>
    NAMES.filter((name) => !folder.endsWith(name) && !MAY_IMPORT[folder].includes(name)).map(
      (name) => ({ name, path: `${folder}/src/${name}-planted.ts` }),
    ),
  )

  /** In `packages/bff/src`: from each floor to its own, to a higher one and to the top. */
  const climbing = [
    ['runtime', '../errors/events.ts'],
    ['errors', '../sealing/seal.ts'],
    ['sealing', '../upstream/upstream.ts'],
    ['upstream', '../coordinator/coordinator.ts'],
    ['coordinator', '../settings/settings.ts'],
    ['coordinator/drivers', '../../settings/settings.ts'],
    ['settings', '../http/gate.ts'],
    ['http', '../polar/pauses.ts'],
    ['polar', '../refresh/policy.ts'],
    ['refresh', '../session/session-calls.ts'],
    ['session', '../sign-in/callback.ts'],
    ['sign-in', '../api/call.ts'],
    ['api', '../routes.ts'],
    ['upstream/drivers', '../../create-bff.ts'],
    ['refresh', '../diagnostics/diagnostics.ts'],
    ['api', '../env/env.ts'],
    ['session', '../frameworks/next.ts'],
  ] as const
  const climbingPath = (index: number) =>
    `packages/bff/src/${climbing[index]?.[0]}/planted-${index}.ts`
  /** In the package that has no dependency. */
  const dependencies = ['picocolors', 'node-fetch', 'npm', '@clack/prompts'] as const
  const dependentPath = (index: number) => `packages/create-polar-connect/src/planted-${index}.ts`
  const circle = ['packages/bff/src/errors/one.ts', 'packages/bff/src/errors/other.ts'] as const
  /** Uses of what a browser may refuse, in each package of the page. */
  const uses = [
    'localStorage',
    'sessionStorage.length',
    'window.localStorage',
    'globalThis.sessionStorage',
    "new BroadcastChannel('name')",
    'self.BroadcastChannel',
    'navigator.locks',
    'navigator.onLine',
    'crypto.subtle',
  ].flatMap((code, index) =>
    ['packages/browser/src/session', 'packages/react/src', 'apps/web/src/parts'].map((folder) => ({
      code,
      path: `${folder}/use-${index}.ts`,
    })),
  )
  const owner = 'packages/browser/src/runtime/web-apis.ts'
  let lines: readonly string[]

  function plant(path: string, specifier: string): void {
    write(path, `import * as other from '${specifier}'\n\nexport const used = other\n`)
  }

  function write(path: string, source: string): void {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), source)
  }

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'polar-connect-lint-'))
    cpSync(join(ROOT, 'oxlint.config.ts'), join(root, 'oxlint.config.ts'))
    for (const { name, path } of planted) plant(path, `@polar-connect/${name}`)
    for (const [index, [, specifier]] of climbing.entries()) plant(climbingPath(index), specifier)
    for (const [index, name] of dependencies.entries()) plant(dependentPath(index), name)
    plant(circle[0], './other.ts')
    plant(circle[1], './one.ts')
    for (const { code, path } of uses) write(path, `export const used = ${code}\n`)
    write(owner, readFileSync(join(ROOT, owner), 'utf8'))
    const [node, oxlint] = toolOf('apps/dev', 'oxlint')
    const options = { cwd: root, encoding: 'utf8' } as const
    lines = spawnSync(node, [oxlint, '--format', 'unix'], options).stdout.split('\n')
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const isRefused = (path: string, rule: string) =>
    lines.some((line) => line.includes(path) && line.includes(rule))

  it('refuses each import that goes the wrong way between packages', () => {
    const missed = planted.filter(({ path }) => !isRefused(path, 'no-restricted-imports'))
    expect(missed).toEqual([])
  })

  it('refuses each import that climbs between the folders of bff', () => {
    const missed = climbing.filter(
      (_, index) => !isRefused(climbingPath(index), 'no-restricted-imports'),
    )
    expect(missed).toEqual([])
  })

  it('refuses any dependency of create-polar-connect', () => {
    const missed = dependencies.filter(
      (_, index) => !isRefused(dependentPath(index), 'no-restricted-imports'),
    )
    expect(missed).toEqual([])
  })

  it('refuses a circle', () => {
    expect(circle.filter((path) => !isRefused(path, 'no-cycle'))).toEqual([])
  })

  it('refuses Web APIs that a browser may block, except in the file that handles it', () => {
    expect(uses.filter(({ path }) => !isRefused(path, 'no-restricted-'))).toEqual([])
    expect(isRefused(owner, 'no-restricted-')).toBe(false)
  })
})
