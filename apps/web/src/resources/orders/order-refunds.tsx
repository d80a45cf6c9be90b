/** Each refund of an order. Without the permission for refunds, the sum that the order has. */
import { useConnection, usePolar, useScope } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import type { models } from '@polar-sh/sdk/2026-10'
import { useId, type ReactNode } from 'react'
import { formatMoney } from '../../format/money.ts'
import { wordFor } from '../../format/words.ts'
import type { Messages } from '../../messages/en.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Badge, type Tone } from '../../parts/badge.tsx'
import { DataTable, type Column } from '../../parts/data-table.tsx'
import { Money } from '../../parts/money.tsx'
import { Time } from '../../parts/time.tsx'
import { Grant } from '../../states/grant.tsx'
import { QuerySection } from '../../states/query-section.tsx'

const SCOPE = 'refunds:read'
const TONES: Readonly<Record<string, Tone>> = {
  succeeded: 'success',
  pending: 'warning',
  failed: 'danger',
} satisfies Partial<Record<models.RefundStatus, Tone>>

export function OrderRefunds({ order }: { readonly order: models.Order }): ReactNode {
  const { orders, grant } = useMessages()
  const { refunds: words } = orders
  const locale = useLocale()
  const heading = useId()
  const mayRead = useScope(SCOPE)
  if (order.refunded_amount === 0) return null
  const sum = formatMoney(order.refunded_amount + order.refunded_tax_amount, order.currency, locale)
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <h2 id={heading}>{words.title}</h2>
      {mayRead ? (
        <Refunds orderId={order.id} />
      ) : (
        <>
          <p>{words.sum(sum)}</p>
          <Grant scopes={[SCOPE]} label={grant} hint={words.allow} />
        </>
      )}
    </section>
  )
}

function Refunds({ orderId }: { readonly orderId: string }): ReactNode {
  const { refunds: words } = useMessages().orders
  const polar = usePolar()
  const { connection } = useConnection()
  const query = useQuery({
    queryKey: ['refunds', connection?.id, orderId],
    queryFn: () => polar.refunds.list({ order_id: orderId, limit: 100 }),
    enabled: connection !== undefined,
  })
  return (
    <QuerySection query={query} thing={words.thing} rows={2}>
      {({ items }) => (
        <DataTable
          label={words.table}
          caption={words.title}
          columns={columnsOf(words)}
          rows={items}
        />
      )}
    </QuerySection>
  )
}

type Words = Messages['orders']['refunds']

function columnsOf(words: Words): readonly [Column<models.Refund>, ...Column<models.Refund>[]] {
  const { columns } = words
  return [
    { title: columns.date, cell: (refund) => <Time iso={refund.created_at} form="row" /> },
    {
      title: columns.amount,
      number: true,
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      title: columns.tax,
      number: true,
      cell: ({ tax_amount: tax, currency }) => <Money amount={tax} currency={currency} />,
    },
    { title: columns.reason, cell: ({ reason }) => wordFor(words.reasons, reason) },
    {
      title: columns.status,
      cell: ({ status }) => (
        <Badge tone={TONES[status] ?? 'neutral'}>{wordFor(words.statuses, status)}</Badge>
      ),
    },
  ]
}
