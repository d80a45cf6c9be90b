/** The name of a country in the reader's language. */

/** @param code ISO 3166-1 alpha-2; one that is not known is given back. */
export function formatCountry(code: string, locale: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code.toUpperCase()) ?? code
}
