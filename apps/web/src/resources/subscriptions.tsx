/** Subscriptions as columns. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { customerName } from '../data/customer-name.ts'
import { formatDate } from '../format/dates.ts'
import { describeRecurring } from '../format/price.ts'
import { wordFor } from '../format/words.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import { Badge, type Tone } from '../parts/badge.tsx'
import type { Column } from '../parts/data-table.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { CustomerLink } from './customers/customer-link.tsx'

type Subscription = models.Subscription

export function useSubscriptionColumns(): readonly [
  Column<Subscription>,
  ...Column<Subscription>[],
] {
  const messages = useMessages()
  const locale = useLocale()
  const { columns } = messages.subscriptions
  return [
    {
      title: columns.customer,
      sort: 'customer',
      cell: ({ customer }) => <CustomerLink id={customer.id} name={customerName(customer)} />,
    },
    {
      title: columns.product,
      sort: 'product',
      cell: ({ product }) => <bdi>{product.name}</bdi>,
    },
    {
      title: columns.amount,
      sort: 'amount',
      number: true,
      descending: true,
      cell: (subscription) => describeRecurring(subscription, messages, locale),
    },
    {
      title: columns.status,
      sort: 'status',
      cell: (subscription) => <SubscriptionStatus subscription={subscription} />,
    },
    {
      title: columns.renews,
      sort: 'current_period_end',
      extra: true,
      cell: (subscription) => <Renewal subscription={subscription} />,
    },
  ]
}

interface SubscriptionProps {
  readonly subscription: Subscription
}

const TONES: Readonly<Record<string, Tone>> = {
  active: 'success',
  trialing: 'success',
  past_due: 'warning',
  unpaid: 'danger',
  paused: 'warning',
  incomplete: 'warning',
} satisfies Partial<Record<models.SubscriptionStatus, Tone>>

function SubscriptionStatus({ subscription }: SubscriptionProps): ReactNode {
  const { statuses, canceling } = useMessages().subscriptions
  const { status, cancel_at_period_end: ends } = subscription
  if (status === 'active' && ends) return <Badge tone="warning">{canceling}</Badge>
  return <Badge tone={TONES[status] ?? 'neutral'}>{wordFor(statuses, status)}</Badge>
}

/** When it is paid for again, or that it is not. */
function Renewal({ subscription }: SubscriptionProps): ReactNode {
  const { ends, ended } = useMessages().subscriptions
  const locale = useLocale()
  const { ended_at, ends_at, cancel_at_period_end, current_period_end, status } = subscription
  const words = (say: (date: string) => string, iso: string) => (
    <time dateTime={iso}>{say(formatDate(iso, locale))}</time>
  )
  if (ended_at !== null) return words(ended, ended_at)
  if (cancel_at_period_end) return words(ends, ends_at ?? current_period_end)
  // Nobody knows when a paused one goes on, nor whether one that was never paid begins.
  const runs = status !== 'paused' && !status.startsWith('incomplete')
  return runs ? <Time iso={current_period_end} /> : <NotProvided />
}
