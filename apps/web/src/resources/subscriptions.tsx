/** Subscriptions: the people who pay regularly. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { customerName } from '../data/customer-name.ts'
import { formatDate } from '../format/dates.ts'
import { toMajor } from '../format/money.ts'
import { wordFor } from '../format/words.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Badge, type Tone } from '../parts/badge.tsx'
import { Link } from '../parts/link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { CustomerLink } from './customers/customer-link.tsx'
import { describeRecurring } from './products/price.ts'
import type { Resource } from './resource.ts'

/** Polar's states, and one more: Polar calls it active with an end. People tell the two apart. */
const STATES = [
  'active',
  'canceling',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'canceled',
  'incomplete',
  'incomplete_expired',
] as const satisfies readonly (models.SubscriptionStatus | 'canceling')[]

export const subscriptions: Resource<models.Subscription> = {
  name: 'subscriptions',
  search: 'customers',
  sortable: ['customer', 'product', 'amount', 'status', 'current_period_end', 'started_at'],
  defaultSort: '-started_at',
  unseenSort: ({ subscriptions: words }) => ({ title: words.started, sort: 'started_at' }),
  filters: {
    status: {
      kind: 'choice',
      values: STATES,
      label: ({ subscriptions: words }) => words.columns.status,
      name: (value, { subscriptions: words }) =>
        wordFor({ ...words.statuses, canceling: words.canceling }, value),
    },
    product: { kind: 'product' },
    customer: { kind: 'customer' },
  },
  list: (polar, { sort, filters }, asked) =>
    polar.subscriptions.list({
      ...asked,
      sorting: [sort as models.SubscriptionSortProperty],
      ...toStatusFilter(filters['status']),
      ...(filters['product'] !== undefined && { product_id: filters['product'] }),
    }),
  columns: ({ messages, locale }) => {
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
        under: columns.customer,
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
        cell: (subscription) => <Renewal subscription={subscription} />,
      },
    ]
  },
  file: ({ subscriptions: words, customers, orders, products }) => [
    { title: words.columns.customer, cell: ({ customer }) => customerName(customer) },
    { title: customers.columns.email, cell: ({ customer }) => customer.email },
    { title: words.columns.product, cell: ({ product }) => product.name },
    { title: words.columns.amount, cell: ({ amount, currency }) => toMajor(amount, currency) },
    { title: orders.currency, cell: ({ currency }) => currency.toUpperCase() },
    {
      title: words.columns.status,
      cell: ({ status, cancel_at_period_end: ends }) =>
        status === 'active' && ends ? words.canceling : wordFor(words.statuses, status),
    },
    {
      title: words.columns.renews,
      cell: ({ cancel_at_period_end: ends, current_period_end: end }) => (ends ? null : end),
    },
    { title: words.endsHead, cell: ({ ends_at: ends, ended_at: ended }) => ended ?? ends },
    { title: words.started, cell: ({ started_at: moment }) => moment },
    { title: words.id, cell: ({ id }) => id },
    { title: customers.id, cell: ({ customer_id: id }) => id },
    { title: products.id, cell: ({ product_id: id }) => id },
  ],
  begin: <ViewProducts />,
}

interface StatusFilter {
  readonly status?: models.SubscriptionStatus
  readonly cancel_at_period_end?: boolean
}

function toStatusFilter(state: string | undefined): StatusFilter {
  if (state === undefined) return {}
  if (state === 'canceling') return { status: 'active', cancel_at_period_end: true }
  if (state === 'active') return { status: 'active', cancel_at_period_end: false }
  return { status: state as models.SubscriptionStatus }
}

function ViewProducts(): ReactNode {
  const { subscriptions: words } = useMessages()
  return (
    <Link className="pc-button pc-button--primary" to="/dashboard/products">
      {words.viewProducts}
    </Link>
  )
}

interface SubscriptionProps {
  readonly subscription: models.Subscription
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

/** When the next payment is due, or that there is none. */
function Renewal({ subscription }: SubscriptionProps): ReactNode {
  const { ends, ended } = useMessages().subscriptions
  const locale = useLocale()
  const { ended_at, ends_at, cancel_at_period_end, current_period_end, status } = subscription
  const words = (say: (date: string) => string, iso: string) => (
    <time dateTime={iso}>{say(formatDate(iso, locale))}</time>
  )
  if (ended_at !== null) return words(ended, ended_at)
  if (cancel_at_period_end) return words(ends, ends_at ?? current_period_end)
  // A paused one may continue at any time, and one that was never paid may never begin.
  const runs = status !== 'paused' && !status.startsWith('incomplete')
  return runs ? <Time iso={current_period_end} /> : <NotProvided />
}
