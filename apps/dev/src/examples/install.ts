/** Installs the examples outside the workspace, from tarballs, and builds them. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../built/outside.ts'
import { packPackages, runOrThrow, tarballsIn } from '../built/pack.ts'
import { LIBRARIES, PNPM, ROOT } from '../workspace.ts'
import { EXAMPLES, TEMPLATE } from './examples.ts'

/** @returns what takes everything away again. */
export default async function install(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'polar-connect-examples-'))
  const tarballs = await packPackages(tarballsIn(folder))
  const apps = join(folder, 'apps')
  mkdirSync(apps)
  for (const name of EXAMPLES) {
    if (name === TEMPLATE) await createApp(tarballs['create-polar-connect'], apps, name)
    else cpSync(join(ROOT, 'apps/examples', name), join(apps, name), { recursive: true })
  }
  // No registry has these versions yet.
  const overrides = Object.fromEntries(
    LIBRARIES.map((name) => [`@polar-connect/${name}`, `file:${tarballs[name]}`]),
  )
  const workspace = { packages: EXAMPLES, overrides, allowBuilds: { sharp: false } }
  writeFileSync(join(apps, 'pnpm-workspace.yaml'), JSON.stringify(workspace))
  writeFileSync(join(apps, 'package.json'), '{ "private": true }')
  const [pnpm, ...args] = PNPM
  await runOrThrow(pnpm, [...args, 'install', '--prefer-offline'], apps)
  await runOrThrow(pnpm, [...args, '-r', '--workspace-concurrency=1', 'run', 'build'], apps)
  process.env['EXAMPLES_FOLDER'] = apps
  return () => rmSync(folder, { recursive: true, force: true })
}
