/** Orders as rows of a list, without what a search, an export and one order alone need. */
import type { models } from '@polar-sh/sdk/2026-10'
import { customerName } from '../../data/customer-name.ts'
import type { ListQuery } from '../../data/list-address.ts'
import { endOfDay, startOfDay, type CalendarDay } from '../../format/calendar-day.ts'
import { shortId } from '../../format/id.ts'
import { wordFor } from '../../format/words.ts'
import { Link } from '../../parts/link.tsx'
import { Money } from '../../parts/money.tsx'
import { NotProvided } from '../../parts/not-provided.tsx'
import { Time } from '../../parts/time.tsx'
import { BeginSelling } from '../checkout-links/create-checkout-link.tsx'
import type { Resource } from '../resource.ts'
import { OrderStatus } from './order-status.tsx'

const STATUSES = [
  'paid',
  'pending',
  'refunded',
  'partially_refunded',
  'void',
  'draft',
] as const satisfies readonly models.OrderStatus[]

export const orderRows: Resource<models.Order> = {
  name: 'orders',
  search: 'customers',
  sortable: ['invoice_number', 'customer', 'product', 'amount', 'status', 'created_at'],
  defaultSort: '-created_at',
  filters: {
    status: {
      kind: 'choice',
      values: STATUSES,
      label: ({ orders: words }) => words.columns.status,
      name: (value, { orders: words }) => wordFor(words.statuses, value),
    },
    product: { kind: 'product' },
    customer: { kind: 'customer' },
    dates: { kind: 'dates' },
  },
  list: (polar, { sort, filters }, asked) =>
    polar.orders.list({
      ...asked,
      ...toNarrowing(filters, asked.created_before),
      sorting: [sort as models.OrderSortProperty],
    }),
  columns: ({ messages, from }) => {
    const { columns } = messages.orders
    return [
      {
        title: columns.order,
        sort: 'invoice_number',
        cell: (order) => (
          <Link to={`/dashboard/orders/${order.id}`} state={from}>
            <bdi>{orderNumber(order)}</bdi>
          </Link>
        ),
      },
      {
        title: columns.customer,
        sort: 'customer',
        cell: ({ customer }) => <bdi>{customerName(customer)}</bdi>,
      },
      {
        title: columns.product,
        sort: 'product',
        under: columns.customer,
        cell: (order) => <bdi>{productName(order) ?? <NotProvided />}</bdi>,
      },
      {
        title: columns.amount,
        sort: 'amount',
        number: true,
        descending: true,
        cell: (order) => <Money amount={order.total_amount} currency={order.currency} />,
      },
      {
        title: columns.status,
        sort: 'status',
        cell: ({ status }) => <OrderStatus status={status} />,
      },
      {
        title: columns.date,
        sort: 'created_at',
        descending: true,
        under: columns.order,
        cell: (order) => <Time iso={order.created_at} form="row" />,
      },
    ]
  },
  begin: <BeginSelling />,
}

/** @param until the latest moment, even if the filter allows later ones. */
export function toNarrowing({ status, product, from, to }: ListQuery['filters'], until?: string) {
  const ends = [to && endOfDay(to as CalendarDay), until].filter((end) => end !== undefined)
  const [end] = ends.toSorted()
  return {
    ...(status !== undefined && { status: status as models.OrderStatus }),
    ...(product !== undefined && { product_id: product }),
    ...(from !== undefined && { created_after: startOfDay(from as CalendarDay) }),
    ...(end !== undefined && { created_before: end }),
  }
}

export function orderNumber({ invoice_number: number, id }: models.Order): string {
  return number ?? shortId(id)
}

/** A product may be gone. The order still has its name. */
export function productName({ product, description }: models.Order): string | undefined {
  return product?.name ?? (description || undefined)
}
