/** The name of a country in the reader's language. */

/** @param code ISO 3166-1 alpha-2. An unknown code is returned as it is. */
export function formatCountry(code: string, locale: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code.toUpperCase()) ?? code
}
