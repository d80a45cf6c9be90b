/** The table of docs/security.md: each requirement beside the files whose tests bear its number. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT, listFiles } from '../workspace.ts'

export const DOCUMENT = join(ROOT, 'docs/security.md')

/** Number, requirement, standard and last cell of a row, as in `| S15 | … | … | … |`. */
const ROW = /^\| S(\d+) \| (.+?) \| (.+?) \| (.*) \|$/gm
/** Begins the last cell of what is met by reading rather than by a test. */
const REVIEW = 'by review: '

/** Every requirement, by its number. */
export function readRequirements(): readonly { number: number; reviewed: boolean }[] {
  const rows = readFileSync(DOCUMENT, 'utf8').matchAll(ROW)
  return [...rows].map(([, number, , , shown = '']) => ({
    number: Number(number),
    reviewed: shown.startsWith(REVIEW),
  }))
}

/** The document, with the tests as they are now. */
export function withTests(document: string): string {
  const tests = findTests()
  return document.replace(ROW, (row, number: string, holds: string, standard: string, shown) => {
    if (String(shown).startsWith(REVIEW)) return row
    const files = [...(tests.get(Number(number)) ?? [])]
    const links = files.map((file) => `[${basename(file)}](../${file})`).join(', ')
    return `| S${number} | ${holds} | ${standard} | ${links || '**nothing**'} |`
  })
}

/** The files with a test named `S15: …`, by number. Those against the built app come first. */
function findTests(): ReadonlyMap<number, ReadonlySet<string>> {
  const files = listFiles('apps', 'packages').filter((file) =>
    /\.(test|spec)\.tsx?$|\/afterwards\.ts$|\/contract\.ts$/.test(file),
  )
  const isOfApp = (file: string) => (file.startsWith('apps/web/e2e/') ? 0 : 1)
  const found = new Map<number, Set<string>>()
  for (const file of files.toSorted((left, right) => isOfApp(left) - isOfApp(right))) {
    const names = readFileSync(join(ROOT, file), 'utf8').match(/['`](S\d+(?:, S\d+)*): /g) ?? []
    for (const number of names.join().match(/\d+/g) ?? []) {
      const key = Number(number)
      found.set(key, (found.get(key) ?? new Set()).add(file))
    }
  }
  return found
}
