import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFENCES } from './defences.ts'
import { AREAS } from './requirements.ts'
import { DOCUMENT, findTests, withTable } from './table.ts'

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

  it('has a defence to take out for each that a test shows', () => {
    const taken = new Set(DEFENCES.map(({ number }) => number))
    const gaps = requirements.filter(
      ({ number, review }) => review === undefined && !taken.has(number),
    )
    expect(gaps.map(({ number }) => number)).toEqual([])
  })

  it('stands in docs/security.md as the tests make it', () => {
    const document = readFileSync(DOCUMENT, 'utf8')
    expect(document, 'run: npx -y pnpm@12 security-table').toBe(withTable(document))
  })
})
