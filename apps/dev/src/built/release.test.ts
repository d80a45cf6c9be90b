/** Releases from a fresh clone to a registry on this computer, twice, and what people get from it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { findFreePort } from '../ports.ts'
import { PACKAGES, PNPM, ROOT } from '../workspace.ts'
import { runOrThrow } from './pack.ts'

/** It asks for a version of `node-fetch` that not each registry has. */
const REGISTRY = { dependencies: { verdaccio: '6.8.0' }, overrides: { 'node-fetch': '^2.7.0' } }
const CONFIG = {
  storage: './packages',
  packages: { '**': { access: '$all', publish: '$anonymous' } },
  log: { type: 'stdout', format: 'json', level: 'error' },
}
const NPM = ['npm', 'install', '--no-audit', '--no-fund'] as const

let folder: string
let clone: string
/** Ends the registry. */
let stop: (() => Promise<void>) | undefined
let address: string
/** Why there is no registry, if there is none. */
let missing: string | undefined

const run = (cwd: string, ...[command, ...args]: readonly [string, ...string[]]) =>
  runOrThrow(command, args, cwd)
/** Our own packages come from the registry on this computer, all others do not. */
const installIn = (cwd: string, ...args: readonly string[]) =>
  run(cwd, ...NPM, `--@polar-connect:registry=${address}`, ...args)
const pnpm = (...args: readonly string[]) =>
  runOrThrow(PNPM[0], [...PNPM.slice(1), ...args], clone, { PNPM_CONFIG_REGISTRY: address })

const versionIn = (path: string) => {
  const text = readFileSync(join(folder, path, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Publishes what a change of `name` makes a version of. */
async function release(name: string, bump: 'minor' | 'patch'): Promise<string> {
  const change = `---\n'@polar-connect/${name}': ${bump}\n---\n\nA change.\n`
  writeFileSync(join(clone, `.changeset/${bump}.md`), change)
  await pnpm('exec', 'changeset', 'version')
  const all = PACKAGES.map((each) => versionIn(`clone/packages/${each}`))
  expect(new Set(all).size, 'the packages share one version').toBe(1)
  await pnpm('install', '--frozen-lockfile', '--prefer-offline')
  await run(clone, 'git', 'add', '--all')
  await run(clone, 'git', 'commit', '--quiet', '--message=release')
  await pnpm('exec', 'changeset', 'publish')
  const tags = await run(clone, 'git', 'tag', '--points-at', 'HEAD')
  expect(tags.split('\n'), 'each package has a tag').toHaveLength(PACKAGES.length)
  return all[0] ?? ''
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polar-connect-release-'))
  clone = join(folder, 'clone')
  const host = join(folder, 'registry')
  mkdirSync(host)
  writeFileSync(join(host, 'package.json'), JSON.stringify({ private: true, ...REGISTRY }))
  writeFileSync(join(host, 'config.json'), JSON.stringify(CONFIG))
  try {
    await run(host, ...NPM, '--prefer-offline', '--ignore-scripts')
  } catch (cause) {
    missing = `no registry for this computer: ${String(cause)}`
    return
  }
  const listen = `127.0.0.1:${await findFreePort()}`
  address = `http://${listen}`
  const script = join(host, 'node_modules/verdaccio/bin/verdaccio')
  const args = [script, '--config', join(host, 'config.json'), '--listen', listen]
  const registry = execa(process.execPath, args, { cwd: host, stdio: 'ignore', reject: false })
  stop = async () => {
    registry.kill()
    await registry
  }
  const answers = async () => (await fetch(`${address}/-/ping`)).ok
  await vi.waitUntil(() => answers().catch(() => false), { timeout: 60_000, interval: 100 })
  const author = ['--config=user.name=release', '--config=user.email=release@example.com'] as const
  await run(folder, 'git', 'clone', '--quiet', ...author, ROOT, clone)
  await pnpm('install', '--frozen-lockfile', '--prefer-offline')
})
afterAll(async () => {
  await stop?.()
  rmSync(folder, { recursive: true, force: true })
})

it('two releases from a clone reach people by `npm create` and by `npm install`', async ({
  skip,
}) => {
  if (missing !== undefined) skip(missing)
  const first = await release('bff', 'minor')
  // A cache of its own: npm keeps the tools that it runs, even those of another registry.
  const create = ['create', 'polar-connect', 'app', '--yes', '--registry', address] as const
  await run(folder, 'npm', ...create, '--cache', join(folder, 'cache'))
  const app = join(folder, 'app')
  await installIn(app, '--prefer-offline')
  await run(app, 'npm', 'run', 'build')
  for (const file of ['template-runs.ts', 'person.ts']) {
    cpSync(join(ROOT, 'apps/dev/outside', file), join(app, file))
  }
  await run(app, process.execPath, 'template-runs.ts', '.')
  const parts = ['bff', 'browser', 'emulator', 'protocol', 'react']
  const versions = (of: string) =>
    parts.map((name) => versionIn(`${of}/node_modules/@polar-connect/${name}`))
  expect(versions('app')).toEqual(parts.map(() => first))

  const next = await release('react', 'patch')
  expect(next).not.toBe(first)
  const own = join(folder, 'own')
  mkdirSync(own)
  writeFileSync(join(own, 'package.json'), '{ "private": true, "type": "module" }')
  const wanted = ['bff', 'react', 'emulator'].map((name) => `@polar-connect/${name}`)
  // Not what the cache knows of them.
  await installIn(own, '--prefer-online', ...wanted)
  expect(versions('own')).toEqual(parts.map(() => next))
  const used =
    "import { bffFromEnv } from '@polar-connect/bff/env'; import { ConnectButton } from '@polar-connect/react'"
  await run(own, process.execPath, '--input-type=module', '--eval', `${used}; bffFromEnv()`)
})
