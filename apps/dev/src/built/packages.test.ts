/** The packages as others get them: built, packed, and installed outside the workspace. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIBRARIES, PACKAGES, ROOT, toolOf } from '../workspace.ts'
import { runJestExample, runPlaywrightExample } from './emulator-examples.ts'
import { installOutside, OLDER_COMPILERS, type Outside } from './outside.ts'
import { manifestOf, packPackages, runOrThrow, tarballsIn, type Tarballs } from './pack.ts'

const INSTALLERS = ['npm', 'pnpm'] as const

let folder: string
let tarballs: Tarballs
let outside: Readonly<Record<(typeof INSTALLERS)[number], Outside>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polar-connect-packages-'))
  tarballs = await packPackages(tarballsIn(folder))
  const [npm, pnpm] = await Promise.all([
    installOutside('npm', join(folder, 'npm'), tarballs),
    installOutside('pnpm', join(folder, 'pnpm'), tarballs),
  ])
  outside = { npm, pnpm }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A failure shows all that the program printed. */
const expectToPass = (run: Promise<unknown>) => expect(run).resolves.not.toThrow()
const expectToRun = (...command: Parameters<typeof runOrThrow>) =>
  expectToPass(runOrThrow(...command))

it('the workspace has nothing unused, and nothing undeclared', async () => {
  const [node, knip] = toolOf('apps/dev', 'knip')
  await expectToRun(node, [knip, '--config', 'apps/dev/knip.json'], ROOT)
})

it.each(PACKAGES)('the tarball of %s is as npm expects', async (name) => {
  const [node, publint] = toolOf('apps/dev', 'publint')
  await expectToRun(node, [publint, 'run', tarballs[name], '--strict'], ROOT)
})

describe.each(LIBRARIES)('the tarball of %s', (name) => {
  it('has types that resolve', async () => {
    const [node, attw] = toolOf('apps/dev', '@arethetypeswrong/cli', 'attw')
    await expectToRun(node, [attw, tarballs[name], '--profile', 'esm-only'], ROOT)
  })

  it('exports what was built of each source that the workspace imports', () => {
    const { exports, publishConfig } = manifestOf(`packages/${name}`)
    const built = Object.entries(exports).map(([key, source]) => {
      if (source.endsWith('.css')) {
        return [key, { types: source.replace('.css', '.d.ts'), default: source }]
      }
      const path = source.replace(/^\.\/src\/(.*)\.tsx?$/, './dist/$1')
      return [key, { types: `${path}.d.ts`, default: `${path}.js` }]
    })
    expect(publishConfig.exports).toEqual(Object.fromEntries(built))
  })
})

/** With npm beside the lowest versions of their peers that we allow, with pnpm beside the newest. */
describe.each(INSTALLERS)('outside the workspace, installed with %s,', (installer) => {
  it('the packages run', () => expectToPass(outside[installer].run('server.ts', 'components.ts')))

  it('the emulator is a command', () =>
    expectToRun('npx', ['--no-install', 'polar-emulator', '--help'], outside[installer].folder))

  it.each(['bundler', 'nodenext'] as const)('the types resolve under %s', (resolution) =>
    expectToPass(outside[installer].checkTypes(resolution)),
  )
})

describe('outside the workspace', () => {
  it.each(OLDER_COMPILERS)('the types are clean with TypeScript %s', (version) =>
    expectToPass(outside.pnpm.checkTypes('nodenext', version)),
  )

  it('the code in the documents has the right types', () =>
    expectToPass(outside.pnpm.checkSamples()))

  it('the samples with a login of their own keep users apart', () =>
    expectToPass(outside.pnpm.run('own-login.ts')))

  it('the metrics in the documents are counted', () =>
    expectToPass(outside.pnpm.run('measured.ts')))

  it('the example for Jest passes', () => expectToPass(runJestExample(outside.pnpm.folder)))

  it('the example for Playwright passes', async ({ skip }) => {
    const chromium = process.env['CHROMIUM_PATH']
    if (!chromium) skip('no Chromium: set CHROMIUM_PATH')
    else await expectToPass(runPlaywrightExample(outside.pnpm.folder, chromium))
  })

  it('the template builds and runs', async () => {
    await runOrThrow('npm', ['run', 'build'], join(outside.pnpm.folder, 'template'))
    await expectToPass(outside.pnpm.run('template-runs.ts'))
  })
})

it.each(['index', 'react-router'])('React’s entry %s is for the client', async (entry) => {
  const path = `package/dist/${entry}.js`
  const text = await runOrThrow('tar', ['-xzOf', tarballs.react, path], ROOT)
  expect(text).toMatch(/^'use client'/)
})

it('a tarball has no sources and no workspace protocol', async () => {
  for (const name of PACKAGES) {
    const list = await runOrThrow('tar', ['-tzf', tarballs[name]], ROOT)
    expect(list).not.toMatch(/^package\/src\//m)
    const manifest = await runOrThrow(
      'tar',
      ['-xzOf', tarballs[name], 'package/package.json'],
      ROOT,
    )
    expect(manifest).not.toContain('workspace:')
  }
  expect(readFileSync(join(ROOT, 'packages/bff/package.json'), 'utf8')).toContain('workspace:')
})
