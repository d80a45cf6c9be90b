import { describe, expect, it } from 'vitest'
import { wordFor } from './words.ts'

describe('A value of Polar', () => {
  it.each([
    ['paid', 'Paid in full'],
    ['on_hold_by_a_newer_polar', 'On hold by a newer polar'],
    ['constructor', 'Constructor'],
    ['', ''],
  ])('"%s" reads "%s"', (value, words) => {
    expect(wordFor({ paid: 'Paid in full' }, value)).toBe(words)
  })
})
