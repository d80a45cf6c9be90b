/** A release from a fresh clone, twice: everything but the registry. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PACKAGES, PNPM, ROOT } from '../workspace.ts'
import { packPackages, runOrThrow } from './pack.ts'

let folder: string
let clone: string

const pnpm = (...args: readonly string[]) => {
  const [command, ...first] = PNPM
  return runOrThrow(command, [...first, ...args], clone)
}
const commit = async () => {
  await runOrThrow('git', ['add', '--all'], clone)
  const author = ['-c', 'user.name=release', '-c', 'user.email=release@example.com']
  await runOrThrow('git', [...author, 'commit', '--quiet', '--message=release'], clone)
}
const versions = () =>
  PACKAGES.map((name) => {
    const text = readFileSync(join(clone, `packages/${name}/package.json`), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polar-connect-release-'))
  clone = join(folder, 'clone')
  await runOrThrow('git', ['clone', '--quiet', ROOT, clone], folder)
  await pnpm('install', '--frozen-lockfile', '--prefer-offline')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('gives the five packages one version, and the next one after another change', async () => {
  writeFileSync(
    join(clone, '.changeset/first.md'),
    "---\n'@polar-connect/bff': minor\n---\n\nOne.\n",
  )
  await pnpm('exec', 'changeset', 'version')
  const [first] = versions()
  expect(versions()).toEqual(PACKAGES.map(() => first))
  expect(first).not.toBe('0.0.0')
  expect(readdirSync(join(clone, '.changeset'))).toEqual(['README.md', 'config.json'])
  await commit()

  writeFileSync(
    join(clone, '.changeset/next.md'),
    "---\n'@polar-connect/react': patch\n---\n\nTwo.\n",
  )
  await pnpm('exec', 'changeset', 'version')
  const [next] = versions()
  expect(versions()).toEqual(PACKAGES.map(() => next))
  expect(next).not.toBe(first)
  await pnpm('install', '--frozen-lockfile', '--prefer-offline')

  const tarballs = await packPackages(join(folder, 'tarballs'), clone)
  const text = await runOrThrow('tar', ['-xzOf', tarballs.react, 'package/package.json'], folder)
  expect(JSON.parse(text)).toMatchObject({
    version: next,
    dependencies: { '@polar-connect/browser': `^${next}`, '@polar-connect/protocol': `^${next}` },
  })
})
