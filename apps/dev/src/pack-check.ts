/**
 * `pack-check`: the packages as others get them. They are built and packed, looked at by those who
 * know what goes wrong, installed outside the workspace, type-checked there and run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  checkOlderTypesOutside,
  checkSamplesOutside,
  checkTypesOutside,
  installOutside,
  runOutside,
  type Installer,
} from './packages/outside.ts'
import { PACKAGES, buildPackages, packPackages, runOrThrow } from './packages/pack.ts'
import { verifyTarball } from './packages/verify-tarball.ts'
import { ROOT, toolOf } from './workspace.ts'

const [node, knip] = toolOf('apps/dev', 'knip')
const folder = mkdtempSync(join(tmpdir(), 'polar-connect-packages-'))
let failed = false

async function step<Result>(
  name: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    const result = await work()
    console.log(`ok      ${name}`)
    return result
  } catch (error) {
    failed = true
    console.log(`FAILED  ${name}\n${(error as Error).message}`)
    return undefined
  }
}

try {
  await step('knip: nothing unused, nothing undeclared', () =>
    runOrThrow(node, [knip, '--config', 'apps/dev/knip.json'], ROOT),
  )
  const tarballs = await step('build and pack', async () => {
    await buildPackages()
    return packPackages(join(folder, 'tarballs'))
  })
  if (tarballs !== undefined) {
    await step('publint and attw', async () => {
      const complaints: string[] = []
      for (const name of PACKAGES) complaints.push(...(await verifyTarball(name, tarballs[name])))
      if (complaints.length > 0) throw new Error(complaints.join('\n'))
    })
    await Promise.all(
      (['npm', 'pnpm'] as const).map((installer) => useOutside(installer, tarballs)),
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

async function useOutside(
  installer: Installer,
  tarballs: Parameters<typeof installOutside>[2],
): Promise<void> {
  const project = join(folder, installer)
  await step(`installed with ${installer}`, async () => {
    await installOutside(installer, project, tarballs)
    await runOutside(project, 'server.ts')
    await runOrThrow('npx', ['--no-install', 'polar-emulator', '--help'], project)
  })
  for (const resolution of ['bundler', 'nodenext'] as const) {
    await step(`types under ${resolution}, by ${installer}`, () =>
      checkTypesOutside(project, resolution),
    )
  }
  if (installer === 'pnpm') {
    await step('types under nodenext, by TypeScript 5.6', () => checkOlderTypesOutside(project))
    await step('types of the code in the documents', () => checkSamplesOutside(project))
    await step('the code in the documents runs', () =>
      runOutside(project, 'mounts.ts', 'measured.ts'),
    )
    await step('the template builds and runs', async () => {
      await runOrThrow('npm', ['run', 'build'], join(project, 'template'))
      await runOutside(project, 'template-runs.ts')
    })
  }
}
