/** What the merchant earns from an order, after refunds and Polar's fee. */
import type { models } from '@polar-sh/sdk/2026-10'
import { useId, type ReactNode } from 'react'
import { formatDate } from '../../format/dates.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Sums } from './sums.tsx'

export function OrderEarned({ order }: { readonly order: models.Order }): ReactNode {
  const { orders: words } = useMessages()
  if (!order.paid) return <NotPaid nextTry={order.next_payment_attempt_at ?? undefined} />
  const { currency, net_amount: net, refunded_amount: refunded, platform_fee_amount: fee } = order
  const feeCurrency = order.platform_fee_currency ?? currency
  // Amounts of two currencies have no sum.
  const one = feeCurrency.toLowerCase() === currency.toLowerCase()
  const sums = [
    { name: words.net, amount: net },
    ...(refunded === 0 ? [] : [{ name: words.refunded, amount: -refunded }]),
    { name: words.fee, amount: -fee, currency: feeCurrency },
    ...(one ? [{ name: words.afterFees, amount: net - refunded - fee, strong: true }] : []),
  ]
  return (
    <Sums title={words.youGet} currency={currency} sums={sums}>
      {!one && <p className="pc-small">{words.otherFeeCurrency}</p>}
      <p className="pc-muted pc-small">{words.notIncluded}</p>
    </Sums>
  )
}

function NotPaid({ nextTry }: { readonly nextTry: string | undefined }): ReactNode {
  const { orders: words } = useMessages()
  const locale = useLocale()
  const heading = useId()
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <h2 id={heading}>{words.youGet}</h2>
      <p>{words.notPaid}</p>
      {nextTry !== undefined && <p>{words.nextTry(formatDate(nextTry, locale))}</p>}
    </section>
  )
}
