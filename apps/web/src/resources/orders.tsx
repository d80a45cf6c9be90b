/** Orders as columns. */
import type { models } from '@polar-sh/sdk/2026-10'
import { Link, useLocation } from 'react-router'
import { customerName } from '../data/customer-name.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { Column } from '../parts/data-table.tsx'
import { Money } from '../parts/money.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { OrderStatus } from './orders/order-status.tsx'

export function useOrderColumns(): readonly [Column<models.Order>, ...Column<models.Order>[]] {
  const { columns } = useMessages().orders
  const { pathname, search } = useLocation()
  // Only from the list itself does the way back lead to the same place in it.
  const state = pathname === '/dashboard/orders' ? { list: search } : undefined
  return [
    {
      title: columns.order,
      sort: 'invoice_number',
      cell: (order) => (
        <Link to={`/dashboard/orders/${order.id}`} state={state}>
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
      extra: true,
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
      extra: true,
      cell: (order) => <Time iso={order.created_at} />,
    },
  ]
}

export function orderNumber({ invoice_number: number, id }: models.Order): string {
  return number ?? id.slice(0, 8)
}

/** A product may be gone; what was sold then still has its words. */
export function productName({ product, description }: models.Order): string | undefined {
  return product?.name ?? (description || undefined)
}
