import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.ts'
import { findMarks, type Mark } from './marks.ts'
import { AREAS } from './requirements.ts'
import { DOCUMENT, findTests, withTable } from './table.ts'
import { keyOf, WEAK_LINES } from './weak-lines.ts'

const requirements = AREAS.flatMap((area) => area.requirements)

describe('the table of requirements', () => {
  it('holds each number from 1 to 66 once', () => {
    const numbers = requirements.map(({ number }) => number)
    expect(numbers.toSorted((left, right) => left - right)).toEqual(
      Array.from({ length: 66 }, (_, index) => index + 1),
    )
  })

  it('has a test for each, or says what to read', () => {
    const tests = findTests()
    const gaps = requirements.filter(
      ({ number, review }) => review === undefined && !tests.has(number),
    )
    expect(gaps.map(({ number }) => number)).toEqual([])
  })

  it('has a mark in the code for each that a test shows', () => {
    const marked = new Set(findMarks().flatMap(({ numbers }) => numbers))
    const gaps = requirements.filter(
      ({ number, review }) => review === undefined && !marked.has(number),
    )
    expect(gaps.map(({ number }) => number)).toEqual([])
  })

  it('is the table in docs/security.md; `npx vitest run -u` writes it', async () => {
    const document = readFileSync(DOCUMENT, 'utf8')
    await expect(withTable(document)).toMatchFileSnapshot(DOCUMENT)
  })
})

describe('the marks of the defences', () => {
  const marks = findMarks()
  const lineOf = ({ file, line }: Mark) =>
    readFileSync(join(ROOT, file), 'utf8').split('\n')[line - 1] ?? ''

  it('name requirements that exist', () => {
    const known = new Set(requirements.map(({ number }) => number))
    const unknown = marks.filter(({ numbers }) => !numbers.every((number) => known.has(number)))
    expect(unknown).toEqual([])
  })

  it.each(Object.entries(WEAK_LINES))('give “%s” a line that can be weakened', (key, weaken) => {
    const found = marks.filter((mark) => keyOf(mark) === key)
    expect(found).toHaveLength(1)
    const [line] = found.map(lineOf)
    expect(weaken(line ?? '')).not.toBe(line)
  })
})
