import { describe, expect, it } from 'vitest'
import { decideLocale } from './use-locale.ts'

describe('the language of dates and figures', () => {
  it.each([
    [['de-DE', 'en-GB', 'en-US'], 'en-GB'],
    [['en'], 'en'],
    [['tr-TR', 'ar-EG'], 'en-US'],
    // What some Linux machines and embedded views give.
    [['en-US@posix'], 'en-US'],
    [['en-US@posix', 'en-IN'], 'en-IN'],
    [['en_US', 'C', ''], 'en-US'],
    [['en-'], 'en-US'],
    [[], 'en-US'],
    [undefined, 'en-US'],
  ])('of a browser in %j is %s', (languages, locale) => {
    expect(decideLocale(languages)).toBe(locale)
    expect(new Intl.NumberFormat(decideLocale(languages)).format(1)).toBe('1')
  })
})
