/** What was sold last. It loads and fails by itself. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useLatestOrders } from '../../data/use-orders.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../states/empty-state.tsx'
import { QuerySection } from '../../states/query-section.tsx'
import { CreateCheckoutLink } from '../checkout-links/create-checkout-link.tsx'
import { useOrderColumns } from '../../resources/orders.tsx'

const SHOWN = 5

export function LatestOrders(): ReactNode {
  const { overview: words, orders } = useMessages()
  const query = useLatestOrders({ limit: SHOWN })
  const columns = useOrderColumns()
  return (
    <section className="pc-section" aria-labelledby="latest-orders">
      <div className="pc-section-head">
        <h2 id="latest-orders">{words.latestOrders}</h2>
        <Link to="/dashboard/orders">{words.allOrders}</Link>
      </div>
      <QuerySection query={query} thing={orders.thing} rows={SHOWN}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={orders.empty} text={orders.emptyText}>
              <CreateCheckoutLink />
            </EmptyState>
          ) : (
            <DataTable
              label={orders.table}
              caption={words.latestOrders}
              columns={columns}
              rows={items}
            />
          )
        }
      </QuerySection>
    </section>
  )
}
