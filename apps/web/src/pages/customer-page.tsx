/** One customer: who they are, and what they bought last. */
import { useScope } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import { useId, type ReactNode } from 'react'
import { useParams } from 'react-router'
import { customerName } from '../data/customer-name.ts'
import { useCustomer } from '../data/use-customers.ts'
import { useLatestOrders } from '../data/use-orders.ts'
import { formatAddress } from '../format/address.ts'
import { wordFor } from '../format/words.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Fact } from '../parts/fact.tsx'
import { ItemPage } from '../resources/details-screen.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { useOrderColumns } from '../resources/orders.tsx'

const ORDERS_SHOWN = 10

export function CustomerPage(): ReactNode {
  const { id = '' } = useParams()
  const { customers: words } = useMessages()
  const query = useCustomer(id)
  const mayReadOrders = useScope('orders:read')
  return (
    <ItemPage
      title={query.data ? customerName(query.data) : words.columns.customer}
      thing={words.one}
      list={{ path: '/dashboard/customers', thing: words.thing }}
      polarPath={`/customers/${id}`}
      query={query}
    >
      {(customer) => (
        <div className="pc-item">
          <CustomerFacts customer={customer} />
          {mayReadOrders && <CustomerOrders id={customer.id} />}
        </div>
      )}
    </ItemPage>
  )
}

function CustomerFacts({ customer }: { readonly customer: models.Customer }): ReactNode {
  const { customers: words, things } = useMessages()
  const locale = useLocale()
  const { name, email, billing_address: address, external_id: externalId } = customer
  return (
    <dl className="pc-card pc-facts">
      <Fact name={words.name}>{name ? <bdi>{name}</bdi> : <NotProvided />}</Fact>
      <Fact name={words.columns.email}>{email ?? <NotProvided />}</Fact>
      <Fact name={words.type}>{wordFor(words.types, customer.type)}</Fact>
      <Fact name={words.address}>
        {address ? <bdi>{formatAddress(address, locale)}</bdi> : <NotProvided />}
      </Fact>
      <Fact name={words.columns.created}>
        <Time iso={customer.created_at} withTime />
      </Fact>
      <Fact name={words.externalId}>
        {externalId ? <code>{externalId}</code> : <NotProvided />}
      </Fact>
      <Fact name={words.id}>
        <span className="pc-copied">
          <code>{customer.id}</code>
          <CopyButton thing={things.customerId} value={customer.id} />
        </span>
      </Fact>
    </dl>
  )
}

function CustomerOrders({ id }: { readonly id: string }): ReactNode {
  const { customers: words, orders } = useMessages()
  const query = useLatestOrders({ limit: ORDERS_SHOWN, customerId: id })
  const [order, , ...others] = useOrderColumns()
  const heading = useId()
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <h2 id={heading}>{words.orders}</h2>
      <QuerySection query={query} thing={orders.thing} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={words.noOrders} text={words.noOrdersText} />
          ) : (
            <DataTable
              label={words.ordersTable}
              caption={words.orders}
              columns={[order, ...others]}
              rows={items}
            />
          )
        }
      </QuerySection>
    </section>
  )
}
