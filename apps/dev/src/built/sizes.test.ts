/** What users download, compressed with gzip. */
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
// @ts-expect-error -- it has no types
import esbuild from '@size-limit/esbuild'
// @ts-expect-error -- it has no types
import file from '@size-limit/file'
import sizeLimit from 'size-limit'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.ts'

interface Size {
  readonly name: string
  /** KiB */
  readonly limit: number
  /** Added up as they are, or bundled when {@link Size.bundle} says how. */
  readonly files: readonly string[]
  readonly bundle?: { readonly import?: string; readonly ignore?: readonly string[] }
}

const find = (pattern: string) => globSync(pattern, { cwd: ROOT }).map((path) => join(ROOT, path))
const ASSETS = 'apps/web/dist/assets'
const scripts = find(`${ASSETS}/*.js`)
if (scripts.length === 0) throw new Error('Build first: npx -y pnpm@12 build')

const nameOf = (path: string) => basename(path).replace(/-[\w-]{8}\.js$/, '')
const named = (name: string) => scripts.filter((path) => nameOf(path) === name)
const entry = ['boot', 'index', 'app', 'rolldown-runtime'].flatMap(named)
/** What all pages of the dashboard stand on, and all that the overview needs at first. */
const dashboard = [...named('dashboard'), ...named('shared')]

/** Each script that loads later, with all that it brings on top of those. */
const pages = scripts
  .filter((path) => !entry.includes(path) && !dashboard.includes(path))
  .map((path): Size => {
    const name = nameOf(path)
    // The charts and the page of metrics. Blockers stop files named "metrics": theirs are named `page`.
    const limit = name === 'page' ? 15 : 12
    return {
      name: `${name}, on top of the dashboard`,
      limit,
      files: [path],
      bundle: { ignore: [...entry, ...dashboard].map((other) => `./${basename(other)}`) },
    }
  })

const SIZES: readonly Size[] = [
  { name: 'scripts for /', limit: 100, files: entry },
  { name: 'scripts of the overview until its charts, on top', limit: 43, files: dashboard },
  ...pages,
  { name: 'styles', limit: 12, files: find(`${ASSETS}/*.css`) },
  {
    name: '@polar-connect/browser: createConnect',
    limit: 5,
    files: find('packages/browser/src/index.ts'),
    bundle: { import: '{ createConnect }' },
  },
  {
    name: '@polar-connect/browser/texts',
    limit: 4,
    files: find('packages/browser/src/problem-texts.ts'),
    bundle: {},
  },
  {
    name: '@polar-connect/react: provider, button, callback, gate',
    limit: 10,
    files: find('packages/react/src/index.ts'),
    bundle: {
      import: '{ ConnectProvider, ConnectButton, CallbackPage, SessionGate }',
      // The app has these anyway.
      ignore: ['react', 'react-dom', 'react-router', '@tanstack/react-query', '@polar-sh/sdk'],
    },
  },
  {
    name: '@polar-connect/react/styles.css',
    limit: 2,
    files: find('packages/react/styles.css'),
  },
  {
    name: 'Worker with the BFF',
    limit: 50,
    files: find('apps/server/dist/worker/{index,assets/bff-*}.js'),
  },
  { name: 'Worker, all of it', limit: 60, files: find('apps/server/dist/worker/**/*.js') },
]

describe('the size', () => {
  it.each(SIZES)('of $name is at most $limit KiB', async ({ name, limit, files, bundle }) => {
    const check = {
      files,
      gzip: true,
      ...(bundle?.import !== undefined && { import: { [files[0] ?? '']: bundle.import } }),
      ...(bundle?.ignore && { ignore: bundle.ignore }),
    }
    const plugins = bundle ? [esbuild, file] : [file]
    const [result] = (await sizeLimit(plugins, { checks: [check] })) as { size: number }[]
    const size = (result?.size ?? Number.NaN) / 1024
    console.log(`${size.toFixed(1)} of ${limit} KiB  ${name}`)
    expect(files.length).toBeGreaterThan(0)
    expect(size).toBeLessThanOrEqual(limit)
  })
})
