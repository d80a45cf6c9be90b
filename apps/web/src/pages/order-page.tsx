/** One order: who bought what, and how the amount came about. */
import type { models } from '@polar-sh/sdk/2026-10'
import { useId, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { customerName } from '../data/customer-name.ts'
import { useOrder } from '../data/use-orders.ts'
import { wordFor } from '../format/words.ts'
import { useMessages } from '../messages/use-messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Fact } from '../parts/fact.tsx'
import { ItemPage } from '../resources/details-screen.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { CustomerLink } from '../resources/customers/customer-link.tsx'
import { orderNumber, productName } from '../resources/orders.tsx'
import { OrderItems } from '../resources/orders/order-items.tsx'
import { OrderStatus } from '../resources/orders/order-status.tsx'

export function OrderPage(): ReactNode {
  const { id = '' } = useParams()
  const { orders: words } = useMessages()
  const query = useOrder(id)
  const items = useId()
  return (
    <ItemPage
      title={words.title(query.data ? orderNumber(query.data) : id.slice(0, 8))}
      thing={words.one}
      list={{ path: '/dashboard/orders', thing: words.thing }}
      polarPath={`/sales/${id}`}
      query={query}
    >
      {(order) => (
        <div className="pc-item">
          <OrderFacts order={order} />
          <section className="pc-section" aria-labelledby={items}>
            <h2 id={items}>{words.items}</h2>
            <OrderItems order={order} />
          </section>
        </div>
      )}
    </ItemPage>
  )
}

function OrderFacts({ order }: { readonly order: models.Order }): ReactNode {
  const { orders: words, things } = useMessages()
  const { customer, product, billing_name: billingName } = order
  const name = productName(order)
  return (
    <dl className="pc-card pc-facts">
      <Fact name={words.columns.status}>
        <OrderStatus status={order.status} />
      </Fact>
      <Fact name={words.columns.date}>
        <Time iso={order.created_at} withTime />
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
          <bdi>{name ?? <NotProvided />}</bdi>
        )}
      </Fact>
      <Fact name={words.reason}>{wordFor(words.reasons, order.billing_reason)}</Fact>
      <Fact name={words.billingName}>
        {billingName ? <bdi>{billingName}</bdi> : <NotProvided />}
      </Fact>
      <Fact name={words.id}>
        <span className="pc-copied">
          <code>{order.id}</code>
          <CopyButton thing={things.orderId} value={order.id} />
        </span>
      </Fact>
    </dl>
  )
}
