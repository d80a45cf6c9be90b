/** A figure in the reader's language, by its kind at Polar. */
import { formatMoney } from './money.ts'

/** As Polar names them. Money is in US cents for every currency of the shop. */
export type MetricType = 'scalar' | 'currency' | 'currency_sub_cent' | 'percentage'

/** ISO 4217, as Polar writes it. */
export const METRICS_CURRENCY = 'usd'

export function isMoney(type: MetricType): boolean {
  return type === 'currency' || type === 'currency_sub_cent'
}

/** All of it: `$4,210.00`, `1,204`, `12.5%`. */
export function formatMetric(value: number, type: MetricType, locale: string): string {
  if (type === 'percentage') {
    const style = { style: 'percent', maximumFractionDigits: 2 } as const
    return new Intl.NumberFormat(locale, style).format(value)
  }
  if (type === 'scalar') {
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)
  }
  // An average of cents may have a fraction, which no one ever paid.
  const cents = type === 'currency' ? Math.round(value) : value
  return formatMoney(cents, METRICS_CURRENCY, locale)
}

/** Short enough for an axis or a tile: `$4.2K`, `1.2K`, `13%`. */
export function formatCompact(value: number, type: MetricType, locale: string): string {
  if (type === 'percentage') {
    const style = { style: 'percent', maximumFractionDigits: 1 } as const
    return new Intl.NumberFormat(locale, style).format(value)
  }
  const compact = { notation: 'compact', maximumFractionDigits: 1 } as const
  if (!isMoney(type)) return new Intl.NumberFormat(locale, compact).format(value)
  const currency = METRICS_CURRENCY.toUpperCase()
  const cents = Number.isInteger(value / 100) || Math.abs(value) >= 100_000 ? {} : CENTS
  const style = { style: 'currency', currency, minimumFractionDigits: 0, ...compact, ...cents }
  return new Intl.NumberFormat(locale, style as Intl.NumberFormatOptions).format(value / 100)
}

const CENTS = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
