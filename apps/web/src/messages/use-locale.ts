/** The language of dates and figures. Apart from the words, which are many. */

/**
 * The first of the reader's languages that has messages, with its region.
 *
 * @param languages of the browser. Some name none, or `en-US@posix`, which `Intl` refuses.
 */
export function decideLocale(languages: readonly string[] | undefined): string {
  const isUsable = (language: string) => /^en\b/i.test(language) && isLocale(language)
  return languages?.find(isUsable) ?? 'en-US'
}

function isLocale(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

export function useLocale(): string {
  return decideLocale(navigator.languages)
}
