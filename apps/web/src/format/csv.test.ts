import { describe, expect, it } from 'vitest'
import { toCsv } from './csv.ts'

describe('A CSV file', () => {
  it('ends each row as in RFC 4180, and begins with a byte order mark for Excel', () => {
    expect(
      toCsv([
        ['day', 'revenue'],
        ['2026-11-23', 62000],
      ]),
    ).toBe('\u{feff}day,revenue\r\n2026-11-23,62000\r\n')
  })

  it('leaves the cell of an unknown value empty, which differs from zero', () => {
    expect(toCsv([['a', undefined, 0]])).toBe('\u{feff}a,,0\r\n')
  })

  it('quotes the characters that would end a cell or a row', () => {
    expect(toCsv([['Say "hi", twice\nor more']])).toBe('\u{feff}"Say ""hi"", twice\nor more"\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'keeps a spreadsheet from running %j',
    (name) => {
      expect(toCsv([[name]])).toMatch(/^\u{feff}"?'/u)
    },
  )

  it.each(['Ada;=1+1;', '"a,b";@SUM(A1)', 'a\t+1'])(
    'keeps one that separates cells by a semicolon or a tab from running %j',
    (name) => {
      const cells = toCsv([['id', name]]).split(/[;\t]/)
      for (const cell of cells) expect(cell).not.toMatch(/^"?[=+\-@]/)
    },
  )

  it('keeps a negative number a number', () => {
    expect(toCsv([[-500]])).toBe('\u{feff}-500\r\n')
  })
})
