/** The tables of docs/errors.md. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { API_TEXTS } from './texts/api.ts'
import { SIGN_IN_TEXTS } from './texts/sign-in.ts'

it('the document has a row for each error code, and no other', () => {
  const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
  const cells = [...text.matchAll(/^\| (`[^|]+?) \|/gm)].map(([, cell = '']) => cell)
  const rows = cells.flatMap((cell) => cell.match(/[\w.]+/g) ?? [])
  // In an answer, Polar's own error stands beside the code `authorization_error`.
  const codes = Object.keys({ ...API_TEXTS, ...SIGN_IN_TEXTS, authorization_error: [] })
  const documented = codes.map((code) => code.replace('authorization_error.', ''))
  expect(new Set(rows)).toEqual(new Set(documented))
})
