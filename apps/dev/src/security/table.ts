/** The table of docs/security.md: each requirement beside the files whose tests bear its number. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT } from '../workspace.ts'
import { AREAS, type Requirement } from './requirements.ts'

export const DOCUMENT = join(ROOT, 'docs/security.md')
const BEGIN = '<!-- table: begin, written by a test in apps/dev -->'
const END = '<!-- end -->'

type TestFiles = ReadonlyMap<number, ReadonlySet<string>>

/** `document` with the table as the tests make it. */
export function withTable(document: string): string {
  const [before = '', rest = ''] = document.split(BEGIN)
  const [, after = ''] = rest.split(END)
  return `${before}${BEGIN}\n\n${createTable(findTests())}\n${END}${after}`
}

function createTable(tests: TestFiles): string {
  return AREAS.map(({ name, requirements }) =>
    [
      `### ${name}`,
      '',
      '| | what holds | asked for by | tested in |',
      '|---|---|---|---|',
      ...requirements.map((requirement) => toRow(requirement, tests.get(requirement.number))),
      '',
    ].join('\n'),
  ).join('\n')
}

function toRow(
  { number, holds, standard, review, elsewhere }: Requirement,
  files: ReadonlySet<string> = new Set(),
): string {
  const shown = [...files].map((file) => `[${basename(file)}](../${file})`)
  if (review !== undefined) shown.push(`by review: ${review}`)
  if (elsewhere !== undefined) shown.push(elsewhere)
  return `| S${number} | ${holds} | ${standard} | ${shown.join(', ') || '**nothing**'} |`
}

/** The files with a test named `S15: …`, by number. Those against the built app come first. */
export function findTests(): TestFiles {
  const { stdout } = spawnSync('git', ['ls-files', 'apps/web/e2e', 'apps', 'packages'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const found = new Map<number, Set<string>>()
  const files = stdout
    .split('\n')
    .filter((file) => /\.(test|spec)\.tsx?$|afterwards\.ts$|contract\.ts$/.test(file))
  const isOfApp = (file: string) => (file.startsWith('apps/web/e2e/') ? 0 : 1)
  for (const file of files.toSorted((left, right) => isOfApp(left) - isOfApp(right))) {
    const source = readFileSync(join(ROOT, file), 'utf8')
    for (const [, numbers = ''] of source.matchAll(/['`](S\d+(?:, S\d+)*): /g)) {
      for (const number of numbers.matchAll(/\d+/g)) {
        const key = Number(number[0])
        found.set(key, (found.get(key) ?? new Set()).add(file))
      }
    }
  }
  return found
}
