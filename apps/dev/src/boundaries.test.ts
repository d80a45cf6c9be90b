/**
 * Which package may import which: held by each package.json, by pnpm, and by lint. Which folder of a
 * package may import which. And which file may touch the Web APIs that a browser may refuse.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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
  let lines: readonly string[]

  interface Planted {
    readonly path: string
    readonly specifier: string
  }

  /** By name, its own too: a package that imports itself climbs to its top. */
  const named = FOLDERS.flatMap((folder) =>
    NAMES.filter((name) => !MAY_IMPORT[folder].includes(name)).map((name) => ({
      path: `${folder}/src/${name}-planted.ts`,
      specifier: `@polar-connect/${name}`,
    })),
  )
  /** By path, from each package: its source, its tests and what lies beside them. */
  const leaving = FOLDERS.flatMap((folder) => {
    const other = folder === 'packages/react' ? 'packages/bff' : 'packages/react'
    return [
      { path: `${folder}/leaves.config.ts`, specifier: `../../${other}/src/index.ts` },
      { path: `${folder}/bench/leaves.ts`, specifier: `../../../${other}/src/index.ts` },
      { path: `${folder}/src/leaves.ts`, specifier: `../../../${other}/src/index.ts` },
      { path: `${folder}/src/leaves.test.ts`, specifier: `../../../${other}/src/index.ts` },
      { path: `${folder}/src/env/leaves.ts`, specifier: `../../../../${other}/src/index.ts` },
      { path: `${folder}/src/env/deep/leaves.ts`, specifier: `../../../../../${other}/src/a.ts` },
      { path: `${folder}/src/env/round.ts`, specifier: `../env/../../../../${other}/src/a.ts` },
      { path: `${folder}/src/env/dotted.ts`, specifier: `./../../../../${other}/src/index.ts` },
      { path: `${folder}/src/outside.ts`, specifier: '../bench/index.ts' },
    ]
  })
  /** What only tests may import. */
  const testing = FOLDERS.flatMap((folder) => [
    { path: `${folder}/src/tests.ts`, specifier: './testing/keys.ts' },
    { path: `${folder}/src/env/tests.ts`, specifier: '../testing/keys.ts' },
  ])
  /** The ground floor of each package that has floors. It imports nothing else of the package. */
  const GROUNDS = {
    'packages/bff': 'runtime/ground.ts',
    'packages/browser': 'errors.ts',
    'packages/emulator': 'runtime/ground.ts',
    'apps/web': 'format/ground.ts',
    'apps/server': 'page/ground.ts',
  } as const
  /** To all that lies in `src`: what has no floor is found here. */
  const fromGround = Object.entries(GROUNDS).flatMap(([folder, ground]) =>
    readdirSync(join(ROOT, folder, 'src'), { withFileTypes: true })
      .filter(({ name }) => !ground.startsWith(name) && !/\.(test|test-d|d|svg)\b/.test(name))
      .map((entry) => ({
        path: `${folder}/src/${ground}`,
        specifier: `${ground.includes('/') ? '..' : '.'}/${entry.name}${entry.isDirectory() ? '/a.ts' : ''}`,
      })),
  )
  /** From a floor to its own, to a higher one and to the top, as `[file, specifier]`. */
  const climbing = [
    ['packages/bff/src/errors/a.ts', '../sealing/seal.ts'],
    ['packages/bff/src/sealing/a.ts', '../upstream/upstream.ts'],
    ['packages/bff/src/upstream/a.ts', '../coordinator/coordinator.ts'],
    ['packages/bff/src/coordinator/a.ts', '../settings/settings.ts'],
    ['packages/bff/src/coordinator/drivers/a.ts', '../../settings/settings.ts'],
    ['packages/bff/src/settings/a.ts', '../http/gate.ts'],
    ['packages/bff/src/http/a.ts', '../polar/pauses.ts'],
    ['packages/bff/src/polar/a.ts', '../refresh/policy.ts'],
    ['packages/bff/src/refresh/a.ts', '../session/session-calls.ts'],
    ['packages/bff/src/session/a.ts', '../sign-in/callback.ts'],
    ['packages/bff/src/sign-in/a.ts', '../api/call.ts'],
    ['packages/bff/src/api/a.ts', '../routes.ts'],
    ['packages/bff/src/upstream/drivers/a.ts', '../../create-bff.ts'],
    ['packages/bff/src/refresh/b.ts', '../diagnostics/diagnostics.ts'],
    ['packages/bff/src/diagnostics/a.ts', '../create-bff.ts'],
    ['packages/bff/src/diagnostics/b.ts', '../env/env.ts'],
    ['packages/bff/src/routes.ts', './create-bff.ts'],
    ['packages/bff/src/create-bff.ts', './env/env.ts'],
    ['packages/bff/src/index.ts', './frameworks/next.ts'],
    ['packages/bff/src/env/a.ts', '../frameworks/next.ts'],
    ['packages/bff/src/frameworks/a.ts', '../env/env.ts'],
    ['packages/browser/src/runtime/a.ts', '../session/calls.ts'],
    ['packages/browser/src/session/a.ts', '../sign-in/begin.ts'],
    ['packages/browser/src/sign-in/a.ts', '../connect.ts'],
    ['packages/browser/src/connect.ts', './index.ts'],
    ['packages/emulator/src/objects/a.ts', '../seed/sales.ts'],
    ['packages/emulator/src/seed/a.ts', '../faults/fault.ts'],
    ['packages/emulator/src/faults/a.ts', '../world/world.ts'],
    ['packages/emulator/src/world/a.ts', '../http/respond.ts'],
    ['packages/emulator/src/http/a.ts', '../api/access.ts'],
    ['packages/emulator/src/oauth/a.ts', '../api/list.ts'],
    ['packages/emulator/src/api/a.ts', '../pages/layout.ts'],
    ['packages/emulator/src/pages/a.ts', '../control/body.ts'],
    ['packages/emulator/src/control/a.ts', '../panel/control.ts'],
    ['packages/emulator/src/panel/a.ts', '../create-emulator.ts'],
    ['packages/emulator/src/create-emulator.ts', './index.ts'],
    ['apps/web/src/data/a.ts', '../messages/en.ts'],
    ['apps/web/src/messages/a.ts', '../parts/link.tsx'],
    ['apps/web/src/parts/a.tsx', '../states/loading.tsx'],
    ['apps/web/src/states/a.tsx', '../charts/chart.tsx'],
    ['apps/web/src/charts/a.tsx', '../resources/resource.ts'],
    ['apps/web/src/resources/orders/a.tsx', '../../pages/overview-page.tsx'],
    ['apps/web/src/pages/overview/a.tsx', '../../shell/shell.tsx'],
    ['apps/web/src/shell/banners/a.tsx', '../../dashboard.tsx'],
    ['apps/web/src/routes.tsx', './shell/shell.tsx'],
    ['apps/web/src/main.tsx', './start.ts'],
    ['apps/server/src/config/a.ts', '../assemble.ts'],
    ['apps/server/src/assemble.ts', './hosts/lambda.ts'],
    ['apps/server/src/node/a.ts', '../hosts/lambda.ts'],
    ['apps/server/src/hosts/a.ts', '../diagnose/diagnose.ts'],
  ].map(([path = '', specifier = '']) => ({ path, specifier }))
  /** In the package that has no dependency. */
  const dependencies = ['picocolors', 'node-fetch', 'npm', '@clack/prompts'].map(
    (specifier, index) => ({
      path: `packages/create-polar-connect/src/dependent-${index}.ts`,
      specifier,
    }),
  )
  const circles = FOLDERS.flatMap((folder) =>
    ['values', 'types'].flatMap((kind) =>
      [1, 2].map((file) => ({
        path: `${folder}/src/circle-of-${kind}/file-${file}.ts`,
        source:
          kind === 'values'
            ? `export * from './file-${3 - file}.ts'\n`
            : `import type { Other } from './file-${3 - file}.ts'\n\nexport type Used = Other\n`,
      })),
    ),
  )
  const refused = { named, leaving, testing, fromGround, climbing, dependencies }
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
  const computed = 'apps/dev/src/computed.ts'
  const owner = 'packages/browser/src/runtime/web-apis.ts'

  function write(path: string, source: string): void {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), source)
  }

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'polar-connect-lint-'))
    cpSync(join(ROOT, 'oxlint.config.ts'), join(root, 'oxlint.config.ts'))
    const sources = new Map<string, string>()
    for (const { path, specifier } of Object.values(refused).flat()) {
      sources.set(path, `${sources.get(path) ?? ''}export * from '${specifier}'\n`)
    }
    for (const [path, source] of sources) write(path, source)
    for (const { path, source } of circles) write(path, source)
    write(computed, 'export const used = await import(new URL(import.meta.url).href)\n')
    for (const { code, path } of uses) write(path, `export const used = ${code}\n`)
    write(owner, readFileSync(join(ROOT, owner), 'utf8'))
    const [node, oxlint] = toolOf('apps/dev', 'oxlint')
    const options = { cwd: root, encoding: 'utf8' } as const
    lines = spawnSync(node, [oxlint, '--format', 'unix'], options).stdout.split('\n')
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const isRefused = (path: string, rule: string, specifier = '') =>
    lines.some(
      (line) =>
        line.includes(`${path}:`) &&
        line.includes(rule) &&
        line.includes(specifier && `'${specifier}'`),
    )
  const missed = (planted: readonly Planted[]) =>
    planted.filter(({ path, specifier }) => !isRefused(path, 'no-restricted-imports', specifier))

  it('refuses each import that goes the wrong way between packages', () => {
    expect(missed(named)).toEqual([])
  })

  it('refuses each path that leaves its package or its source', () => {
    expect(missed(leaving)).toEqual([])
  })

  it('refuses an import whose path is computed', () => {
    expect(isRefused(computed, 'no-dynamic-require')).toBe(true)
  })

  it('refuses each import that climbs between the floors of a package', () => {
    expect(missed(climbing)).toEqual([])
  })

  it('gives a floor to all source of a package that has floors', () => {
    expect(missed(fromGround)).toEqual([])
  })

  it('leaves testing to tests', () => {
    expect(missed(testing)).toEqual([])
  })

  it('refuses any dependency of create-polar-connect', () => {
    expect(missed(dependencies)).toEqual([])
  })

  it('refuses a circle in each package', () => {
    expect(circles.filter(({ path }) => !isRefused(path, 'no-cycle'))).toEqual([])
  })

  it('refuses Web APIs that a browser may block, except in the file that handles it', () => {
    expect(uses.filter(({ path }) => !isRefused(path, 'no-restricted-'))).toEqual([])
    expect(isRefused(owner, 'no-restricted-')).toBe(false)
  })
})
