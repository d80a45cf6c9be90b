/**
 * Amounts as people read them. Polar sends integers in the smallest unit. It decides by itself how
 * many of them make one: by the rules of `Intl`, forints would show 100 times too large.
 */

/** The currencies that Polar does not divide. It divides every other one by 100. */
const ZERO_DECIMAL: ReadonlySet<string> = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
)

/**
 * `amount` of `currency` in words of `locale`.
 *
 * @param amount in the smallest unit, with a fraction if a metered price costs less than one.
 * @param currency ISO 4217, in any case.
 */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const code = currency.toLowerCase()
  // Intl throws if it is no code at all. The amount is still worth showing.
  if (!/^[a-z]{3}$/.test(code)) return `${formatMoney(amount, 'xxx', locale)} ${currency}`.trim()
  const major = ZERO_DECIMAL.has(code) ? amount : amount / 100
  const style = { style: 'currency', currency: code.toUpperCase() } as const
  const plain = new Intl.NumberFormat(locale, style)
  const { maximumFractionDigits = 2 } = plain.resolvedOptions()
  const needed = decimals(amount, code)
  if (needed <= maximumFractionDigits) return plain.format(major)
  return new Intl.NumberFormat(locale, {
    ...style,
    minimumFractionDigits: Math.min(2, needed),
    maximumFractionDigits: needed,
  }).format(major)
}

/** In whole units, for a file: `20.5` of `2050` US cents. */
export function toMajor(amount: number, currency: string): number {
  return ZERO_DECIMAL.has(currency.toLowerCase()) ? amount : amount / 100
}

/** Decimals that `amount` needs so that nothing is lost; six at most. */
function decimals(amount: number, code: string): number {
  const fraction = `${Math.abs(amount) % 1}`.slice(2, 6).length * Number(amount % 1 !== 0)
  if (ZERO_DECIMAL.has(code)) return fraction
  if (fraction > 0) return 2 + fraction
  return amount % 100 === 0 ? 0 : 2
}
