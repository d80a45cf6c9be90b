/** The latest orders. They load and fail independently of the figures. */
import type { ReactNode } from 'react'
import { METRICS_CURRENCY } from '../../format/metric-value.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Link } from '../../parts/link.tsx'
import { BeginSelling } from '../../resources/checkout-links/create-checkout-link.tsx'
import { orderRows } from '../../resources/orders/order-rows.tsx'
import { RecordsSection } from '../../resources/records-section.tsx'
import { EmptyState } from '../../states/empty-state.tsx'

export const LATEST = 5

export function LatestOrders(): ReactNode {
  const { overview: words, orders } = useMessages()
  return (
    <RecordsSection
      title={words.latestOrders}
      link={<Link to="/dashboard/orders">{words.allOrders}</Link>}
      label={orders.table}
      resource={orderRows}
      limit={LATEST}
      empty={
        <EmptyState title={orders.empty} text={orders.emptyText}>
          <BeginSelling />
        </EmptyState>
      }
    >
      {(items) =>
        items.some(({ currency }) => currency.toLowerCase() !== METRICS_CURRENCY) && (
          <p className="pc-muted pc-small">{words.otherCurrency}</p>
        )
      }
    </RecordsSection>
  )
}
