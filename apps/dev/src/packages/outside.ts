/** A project outside the workspace, which has the packages from their tarballs as anybody would. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { writeSamples } from '../documents/samples.ts'
import { ROOT, toolOf } from '../workspace.ts'
import { manifestOf, runOrThrow, type PackageName } from './pack.ts'

export type Installer = 'npm' | 'pnpm'

/** What its sources import beside ours, at the versions that the workspace has, by room. */
const BESIDE: readonly (readonly [string, readonly string[]])[] = [
  ['packages/bff', ['hono', '@polar-sh/sdk', '@types/node']],
  ['packages/react', ['@tanstack/react-query', 'react', 'react-router', '@types/react']],
  ['packages/emulator', ['@hono/node-server', 'oauth4webapi']],
  ['apps/web', ['@playwright/test', 'react-dom', '@types/react-dom']],
  [
    'apps/dev',
    [
      '@opentelemetry/api',
      '@opentelemetry/sdk-metrics',
      '@types/express',
      'express',
      'fastify',
      'typescript',
      'vite',
      'vitest',
    ],
  ],
]

const [node, tsc] = toolOf('apps/dev', 'typescript', 'tsc')

const INSTALL: Record<Installer, readonly string[]> = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'],
  pnpm: ['npx', '-y', 'pnpm@12', 'install', '--prefer-offline'],
}

/** Writes the project to `folder` and installs it. */
export async function installOutside(
  installer: Installer,
  folder: string,
  tarballs: Readonly<Record<PackageName, string>>,
): Promise<void> {
  mkdirSync(folder)
  cpSync(join(ROOT, 'apps/dev/outside'), folder, { recursive: true })
  const ours = Object.fromEntries(
    Object.entries(tarballs).map(([name, path]) => [`@polar-connect/${name}`, `file:${path}`]),
  )
  writeSamples(join(folder, 'samples'))
  const beside = Object.fromEntries(
    BESIDE.flatMap(([room, names]) => {
      const { dependencies, devDependencies } = manifestOf(room)
      const all = { ...devDependencies, ...dependencies }
      return names.map((name) => [name, all[name] ?? ''])
    }),
  )
  const dependencies = { ...ours, ...beside }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  // Not published yet, so what they need of each other is not to be had from the registry.
  const overrides = installer === 'npm' ? ours : dependencies
  const packages = ['template']
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ packages, overrides }))
  // Beside it the template, with what its own package.json names.
  cpSync(join(ROOT, 'apps/template'), join(folder, 'template'), { recursive: true })
  const [command = '', ...args] = INSTALL[installer]
  await runOrThrow(command, args, folder)
}

/** Checks its types with our compiler. */
export async function checkTypesOutside(
  folder: string,
  moduleResolution: 'bundler' | 'nodenext',
): Promise<void> {
  const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext'
  const flags = ['-p', '.', '--module', module, '--moduleResolution', moduleResolution]
  await runOrThrow(node, [tsc, ...flags], folder)
}

/** Checks the types of the documents' code, and of what runs it. */
export async function checkSamplesOutside(folder: string): Promise<void> {
  await runOrThrow(node, [tsc, '-p', 'tsconfig.samples.json'], folder)
}

/** Runs each of the project's `files`, in turn. */
export async function runOutside(folder: string, ...files: readonly string[]): Promise<void> {
  for (const file of files) await runOrThrow(process.execPath, [file], folder)
}

/** Checks its types under nodenext with the compiler of two majors ago, which others still have. */
export async function checkOlderTypesOutside(folder: string): Promise<void> {
  const attw = createRequire(import.meta.url).resolve('@arethetypeswrong/core')
  const older = createRequire(attw).resolve('typescript/lib/tsc.js')
  await runOrThrow(process.execPath, [older, '-p', '.'], folder)
}
