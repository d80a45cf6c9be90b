import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../workspace.ts'
import { findMarks, type Mark } from './marks.ts'
import { DOCUMENT, readRequirements, withTests } from './table.ts'
import { keyOf, WEAK_LINES } from './weak-lines.ts'

const requirements = readRequirements()
const numbers = requirements.map(({ number }) => number)
const tested = requirements.filter(({ reviewed }) => !reviewed).map(({ number }) => number)
const marks = findMarks()

describe('the table of requirements', () => {
  it('has each number once, from 1 on', () => {
    expect(numbers.length).toBeGreaterThanOrEqual(66)
    expect(numbers.toSorted((left, right) => left - right)).toEqual(
      numbers.map((_, index) => index + 1),
    )
  })

  it('has a test for each, or names what to review', () => {
    expect(withTests(readFileSync(DOCUMENT, 'utf8'))).not.toContain('**nothing**')
  })

  it('names the files of the tests; `npx vitest run -u` writes them', async () => {
    await expect(withTests(readFileSync(DOCUMENT, 'utf8'))).toMatchFileSnapshot(DOCUMENT)
  })
})

describe('the marks of the defences', () => {
  const lineOf = ({ file, line }: Mark) =>
    readFileSync(join(ROOT, file), 'utf8').split('\n')[line - 1] ?? ''

  it('name every requirement that a test shows', () => {
    const marked = new Set(marks.flatMap((mark) => mark.numbers))
    expect(tested.filter((number) => !marked.has(number))).toEqual([])
  })

  it('name no requirement that does not exist', () => {
    const unknown = marks.filter(
      (mark) => !mark.numbers.every((number) => numbers.includes(number)),
    )
    expect(unknown).toEqual([])
  })

  it.each(Object.entries(WEAK_LINES))('leave “%s” a line that can be weakened', (key, weaken) => {
    const found = marks.filter((mark) => keyOf(mark) === key)
    expect(found).toHaveLength(1)
    const [line] = found.map(lineOf)
    expect(weaken(line ?? '')).not.toBe(line)
  })
})
