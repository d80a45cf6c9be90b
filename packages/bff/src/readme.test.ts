/** The tables of the README. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DEFAULT_ROUTES } from './api/allow-list.ts'
import type { BffOptions } from './options.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The names in the first cells of the table below `heading`. */
function rowsOf(heading: string): readonly string[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`)
  const [table = ''] = section.split('\n## ')
  const cells = [...table.matchAll(/^\| (`[^|]+?) \|/gm)].map(([, cell = '']) => cell)
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

/** The options that have a default. The compiler checks that none is missing. */
const OPTIONS: Record<
  Exclude<keyof BffOptions, 'clientId' | 'clientSecret' | 'server' | 'appOrigin' | 'keys'>,
  true
> = {
  allow: true,
  allowedScopes: true,
  basePath: true,
  callbackPath: true,
  clientAddress: true,
  coordinator: true,
  diagnostics: true,
  exposeTokens: true,
  onConnected: true,
  onDisconnected: true,
  onEvent: true,
  owner: true,
  rateLimit: true,
  rawTarget: true,
  sameSite: true,
  scopes: true,
  subject: true,
  time: true,
  upstream: true,
}

it('has a row for each option', () => {
  expect(rowsOf('Options').toSorted()).toEqual(Object.keys(OPTIONS).toSorted())
})

it('has each default route, with its scope', () => {
  const rows = [...readme.matchAll(/^\| `(GET|POST|PATCH|DELETE)` \| (.+) \| `(\w+:\w+)` \|$/gm)]
  const listed = rows.flatMap(([, method, paths = '', scope]) =>
    [...paths.matchAll(/`([^`]+)`/g)].map(([, path = '']) => ({ method, path, scope })),
  )
  expect(new Set(listed)).toEqual(new Set(DEFAULT_ROUTES))
})
