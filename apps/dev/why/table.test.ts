import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PROBES } from './probes.ts'
import { BEGIN, COUNTED, countLines, DOCUMENT, END, titleOf } from './table.ts'

describe('docs/why.md', () => {
  it('has a row for each question that is asked, and no other', () => {
    const [, rest = ''] = readFileSync(DOCUMENT, 'utf8').split(BEGIN)
    const rows = rest.split(END)[0]?.match(/^\| (S\d+ \| [^|]+|[A-Z][^|]+)(?= \|)/gm)
    expect(rows, 'run: npx -y pnpm@12 why-table').toEqual(
      [...PROBES.map(titleOf), ...COUNTED].map((title) => `| ${title}`),
    )
  })

  it('counts what is neither empty nor a comment as a line to keep', () => {
    const source = '/**\n * What it is.\n */\nimport x from "x"\n\n// Why.\n  x() // here\n'
    expect(countLines(source)).toBe(2)
  })
})
