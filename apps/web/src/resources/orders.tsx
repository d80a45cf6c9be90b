/** Orders: what was sold, to whom, and for how much. */
import type { models } from '@polar-sh/sdk/2026-10'
import { customerName } from '../data/customer-name.ts'
import { findOrders } from '../data/find-orders.ts'
import { shortId } from '../format/id.ts'
import { toMajor } from '../format/money.ts'
import { wordFor } from '../format/words.ts'
import { CopiedId } from '../parts/copied-id.tsx'
import { Fact } from '../parts/fact.tsx'
import { Link } from '../parts/link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { CustomerLink } from './customers/customer-link.tsx'
import { OrderEarned } from './orders/order-earned.tsx'
import { OrderInvoice } from './orders/order-invoice.tsx'
import { OrderPaid } from './orders/order-paid.tsx'
import { OrderRefunds } from './orders/order-refunds.tsx'
import { orderNumber, orderRows, productName, toNarrowing } from './orders/order-rows.tsx'
import { OrderStatus } from './orders/order-status.tsx'
import type { Resource } from './resource.ts'

export const orders: Resource<models.Order> = {
  ...orderRows,
  async find(polar, { search, sort, filters }, owned) {
    const found = await findOrders(search, {
      get: (id) => polar.orders.get(id),
      list: (sorting, page) =>
        polar.orders.list({
          ...owned,
          ...toNarrowing(filters),
          sorting: [sorting],
          page,
          limit: 100,
        }),
    })
    if (found === undefined) return undefined
    const { orders: items, ...note } = found
    const pagination = { total_count: items.length, max_page: 1 }
    return { items: sortFound(items, sort), pagination, ...note }
  },
  get: (polar, id) => polar.orders.get(id),
  file: ({ orders: words, customers }) => {
    const { columns } = words
    const money = (order: models.Order, amount: number) => toMajor(amount, order.currency)
    return [
      { title: columns.order, cell: orderNumber },
      { title: columns.customer, cell: ({ customer }) => customerName(customer) },
      { title: customers.columns.email, cell: ({ customer }) => customer.email },
      { title: columns.product, cell: (order) => productName(order) },
      { title: columns.amount, cell: (order) => money(order, order.total_amount) },
      { title: words.currency, cell: ({ currency }) => currency.toUpperCase() },
      { title: columns.status, cell: ({ status }) => wordFor(words.statuses, status) },
      { title: columns.date, cell: ({ created_at: moment }) => moment },
      { title: words.subtotal, cell: (order) => money(order, order.subtotal_amount) },
      { title: words.discount, cell: (order) => money(order, order.discount_amount) },
      { title: words.tax, cell: (order) => money(order, order.tax_amount) },
      { title: words.total, cell: (order) => money(order, order.total_amount) },
      {
        title: words.refunded,
        cell: (order) => money(order, order.refunded_amount + order.refunded_tax_amount),
      },
      {
        title: words.fee,
        cell: ({ platform_fee_amount: fee, platform_fee_currency: of, currency }) =>
          toMajor(fee, of ?? currency),
      },
      {
        title: words.feeCurrency,
        cell: ({ platform_fee_currency: of, currency }) => (of ?? currency).toUpperCase(),
      },
      { title: words.type, cell: (order) => wordFor(words.reasons, order.billing_reason) },
      {
        title: customers.columns.country,
        cell: ({ billing_address: address }) => address?.country,
      },
      { title: words.id, cell: ({ id }) => id },
      { title: customers.id, cell: ({ customer_id: id }) => id },
      { title: words.productId, cell: ({ product_id: id }) => id },
    ]
  },
  details: {
    thing: ({ orders: words }) => words.one,
    title: (order, id, { orders: words }) =>
      words.numbered(order ? orderNumber(order) : shortId(id)),
    polarPath: (id) => `/sales/${id}`,
    facts: (order, { messages: { orders: words, things } }) => {
      const { customer, product, billing_name: billingName } = order
      return (
        <>
          <Fact name={words.columns.status}>
            <OrderStatus status={order.status} />
          </Fact>
          <Fact name={words.columns.date}>
            <Time iso={order.created_at} form="full" />
          </Fact>
          <Fact name={words.columns.customer}>
            <CustomerLink id={customer.id} name={customerName(customer)} />
          </Fact>
          <Fact name={words.columns.product}>
            {product ? (
              <Link to={`/dashboard/products/${product.id}`}>
                <bdi>{product.name}</bdi>
              </Link>
            ) : (
              <bdi>{productName(order) ?? <NotProvided />}</bdi>
            )}
          </Fact>
          <Fact name={words.type}>{wordFor(words.reasons, order.billing_reason)}</Fact>
          <Fact name={words.billingName}>
            {billingName ? <bdi>{billingName}</bdi> : <NotProvided />}
          </Fact>
          <Fact name={words.id}>
            <CopiedId thing={things.orderId} value={order.id} />
          </Fact>
        </>
      )
    },
    actions: (order) => <OrderInvoice order={order} />,
    sections: (order) => (
      <>
        <div className="pc-columns">
          <OrderPaid order={order} />
          <OrderEarned order={order} />
        </div>
        <OrderRefunds order={order} />
      </>
    ),
  },
}

const SORT_VALUES: Readonly<Record<string, (order: models.Order) => string | number>> = {
  invoice_number: orderNumber,
  customer: ({ customer }) => customerName(customer),
  product: (order) => productName(order) ?? '',
  amount: ({ total_amount: amount }) => amount,
  status: ({ status }) => status,
  created_at: ({ created_at: moment }) => moment,
}

/** In Polar's order. The search sorts them by something else. */
function sortFound(found: readonly models.Order[], sort: string): readonly models.Order[] {
  const sign = sort.startsWith('-') ? -1 : 1
  const valueOf = SORT_VALUES[sort.replace('-', '')] ?? orderNumber
  return found.toSorted((one, other) => {
    const [left, right] = [valueOf(one), valueOf(other)]
    return left === right ? 0 : sign * (left < right ? -1 : 1)
  })
}
