/** `sizes`: what people download, each figure beside its budget; over one of them it fails. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { measurePage } from './sizes/built-page.ts'
import { measureWorker } from './sizes/built-worker.ts'
import { bundle } from './sizes/bundle.ts'
import { isWithin, sizesTable, type Size } from './sizes/table.ts'
import { ROOT } from './workspace.ts'

const WEB_BUILD = join(ROOT, 'apps/web/dist/index.html')
const WORKER_ENTRY = join(ROOT, 'apps/server/dist/worker/index.js')

const KIB = 1024
const ROUTE_BUDGET = 15 * KIB
/** Those with charts, which they share, by the name of their chunk. */
const ROUTE_BUDGETS: Readonly<Record<string, number>> = {
  'overview-page': 22 * KIB,
  'metrics-page': 22 * KIB,
}
/** What an app of React has anyway. */
const PEERS = ['react', 'react-dom', 'react-router', '@tanstack/react-query', '@polar-sh/sdk']

if (!existsSync(WEB_BUILD) || !existsSync(WORKER_ENTRY)) {
  console.error('Nothing is built yet. Build it with: npx -y pnpm@12 build')
  process.exit(1)
}
const sizes = [...(await sizesOfPage()), ...(await sizesOfPackages()), ...(await sizesOfWorker())]
console.log(sizesTable(sizes))
process.exitCode = sizes.every(isWithin) ? 0 : 1

async function sizesOfPage(): Promise<Size[]> {
  const { entry, styles, styleFiles, routes } = await measurePage(WEB_BUILD)
  const overview = routes.get('overview-page')
  if (overview === undefined) throw new Error('the build has no chunk of the overview')
  return [
    { name: 'scripts for /', octets: entry, budget: 130 * KIB },
    ...[...routes].map(([name, octets]) => ({
      name: `${name}, on top`,
      octets,
      budget: ROUTE_BUDGETS[name] ?? ROUTE_BUDGET,
    })),
    { name: 'scripts for the dashboard, all', octets: entry + overview, budget: 155 * KIB },
    { name: 'styles, all', octets: styles, budget: 12 * KIB },
    { name: 'style sheets', count: styleFiles, budget: 1 },
  ]
}

async function sizesOfPackages(): Promise<Size[]> {
  const browser = await bundle(join(ROOT, 'packages/browser/src/index.ts'))
  const texts = await bundle(join(ROOT, 'packages/browser/src/problem-texts.ts'))
  const react = await bundle(join(ROOT, 'packages/react/src/index.ts'), [
    ...PEERS,
    '@polar-connect/protocol',
    '@polar-connect/browser',
  ])
  return [
    { name: '@polar-connect/browser', octets: browser.size, budget: 5 * KIB },
    { name: 'its dependencies', count: browser.imports.length, budget: 0 },
    { name: '@polar-connect/browser/texts', octets: texts.size, budget: 4 * KIB },
    { name: '@polar-connect/react, on top', octets: react.size, budget: 4 * KIB },
  ]
}

async function sizesOfWorker(): Promise<Size[]> {
  const { start, all } = await measureWorker(WORKER_ENTRY)
  return [
    { name: 'Worker with the BFF', octets: start, budget: 40 * KIB },
    { name: 'with what it loads on demand', octets: all, budget: 48 * KIB },
  ]
}
