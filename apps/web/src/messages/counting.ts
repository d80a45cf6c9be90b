/** Numbers, counts and lists inside English sentences. */
const plural = new Intl.PluralRules('en')
const numbers = new Intl.NumberFormat('en')
const conjunction = new Intl.ListFormat('en')

export const number = (amount: number): string => numbers.format(amount)

/** `1 order`, `2 orders`, `0 orders`. */
export const count = (amount: number, one: string, other: string): string =>
  `${number(amount)} ${plural.select(amount) === 'one' ? one : other}`

export const list = (items: readonly string[]): string => conjunction.format(items)
