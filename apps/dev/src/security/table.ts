/** The table of docs/security.md: every requirement beside the tests that bear its number. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from '../workspace.ts'
import { AREAS, type Requirement } from './requirements.ts'

export const DOCUMENT = join(ROOT, 'docs/security.md')
export const BEGIN = '<!-- table: begin, written by a test in apps/dev -->'
export const END = '<!-- end -->'

interface NamedTest {
  readonly file: string
  readonly name: string
}

/** `document` with the table as the tests make it. */
export function withTable(document: string): string {
  const [before = '', rest = ''] = document.split(BEGIN)
  const [, after = ''] = rest.split(END)
  return `${before}${BEGIN}\n\n${createTable(findTests())}\n${END}${after}`
}

export function createTable(tests: ReadonlyMap<number, readonly NamedTest[]>): string {
  return AREAS.map(({ name, requirements }) =>
    [
      `### ${name}`,
      '',
      '| | what holds | asked for by | shown by |',
      '|---|---|---|---|',
      ...requirements.map((requirement) => toRow(requirement, tests.get(requirement.number) ?? [])),
      '',
    ].join('\n'),
  ).join('\n')
}

function toRow(
  { number, holds, standard, review, elsewhere }: Requirement,
  tests: readonly NamedTest[],
): string {
  const shown = tests.map(({ file, name }) => `[${name}](../${file})`)
  if (review !== undefined) shown.push(`by review: ${review}`)
  if (elsewhere !== undefined) shown.push(elsewhere)
  return `| S${number} | ${holds} | ${standard} | ${shown.join('<br>') || '**nothing**'} |`
}

/** Tests by number, the ones against the built app first. */
export function findTests(): ReadonlyMap<number, readonly NamedTest[]> {
  const found = new Map<number, NamedTest[]>()
  for (const path of [
    'apps/web/e2e',
    'packages',
    'apps/web/src',
    'apps/web/build',
    'apps/server',
    'apps/dev',
  ]) {
    for (const file of testFiles(join(ROOT, path))) {
      const source = readFileSync(file, 'utf8')
      for (const [, , title = ''] of source.matchAll(
        /\b(?:it|test|describe)(?:\.each\([^)]*\))?\(\s*(['`])(S\d+: .*?)\1,/g,
      )) {
        const [, number = '', name = ''] = /^S(\d+): (.*)$/.exec(title) ?? []
        const tests = found.get(Number(number)) ?? []
        found.set(Number(number), [...tests, { file: relative(ROOT, file), name }])
      }
    }
  }
  return found
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(\.(test|spec)\.tsx?|^afterwards\.ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|dist/.test(file))
    .toSorted()
}
