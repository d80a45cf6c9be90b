/** An amount, or a dash if there is none. */
import type { ReactNode } from 'react'
import { formatMoney } from '../format/money.ts'
import { useLocale } from '../messages/use-locale.ts'
import { NotProvided } from './not-provided.tsx'

interface MoneyProps {
  /** In the smallest unit. */
  readonly amount: number | null
  readonly currency: string
}

export function Money({ amount, currency }: MoneyProps): ReactNode {
  const locale = useLocale()
  if (amount === null) return <NotProvided />
  return <span translate="no">{formatMoney(amount, currency, locale)}</span>
}
