/** One customer's revenue, subscriptions and orders. Each part loads and fails by itself. */
import { describeScope, hasScope } from '@polar-connect/protocol'
import { useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useMetrics, useMetricsLimits } from '../../data/use-metrics.ts'
import { useToday } from '../../data/use-today.ts'
import type { CalendarDay } from '../../format/calendar-day.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { FigureTiles } from '../../parts/figure-tiles.tsx'
import { Link } from '../../parts/link.tsx'
import { EmptyState } from '../../states/empty-state.tsx'
import { Grant } from '../../states/grant.tsx'
import { QuerySection } from '../../states/query-section.tsx'
import { orders } from '../orders.tsx'
import { RecordsSection } from '../records-section.tsx'
import { subscriptions } from '../subscriptions.tsx'

const SHOWN = 10
const TILES = ['revenue', 'orders', 'active_subscriptions'] as const
const PARTS = ['metrics:read', 'subscriptions:read', 'orders:read'] as const

export function CustomerSales({ id }: { readonly id: string }): ReactNode {
  const { customers: words, subscriptions: subscribed, grant } = useMessages()
  const { connection } = useConnection()
  const has = (scope: string) => hasScope(connection?.scopes ?? [], scope)
  const missing = PARTS.filter((scope) => !has(scope))
  const all = (list: string) => (
    <Link to={`/dashboard/${list}?${new URLSearchParams({ customer: id })}`}>{words.viewAll}</Link>
  )
  return (
    <>
      {has('metrics:read') && <CustomerTiles id={id} />}
      {has('subscriptions:read') && (
        <RecordsSection
          title={words.subscriptions}
          label={words.subscriptionsTable}
          link={all('subscriptions')}
          resource={subscriptions}
          limit={SHOWN}
          customerId={id}
          without="customer"
          empty={<EmptyState title={subscribed.empty} text={words.nothingText} />}
        />
      )}
      {has('orders:read') && (
        <RecordsSection
          title={words.orders}
          label={words.ordersTable}
          link={all('orders')}
          resource={orders}
          limit={SHOWN}
          customerId={id}
          without="customer"
          empty={<EmptyState title={words.noOrders} text={words.nothingText} />}
        />
      )}
      {missing.length > 0 && (
        <section className="pc-section">
          <Grant
            scopes={missing}
            label={grant}
            hint={words.lacking(missing.map((scope) => describeScope(scope).thing))}
          />
        </section>
      )}
    </>
  )
}

/** From Polar's first figures on, by years: the fewest buckets that cover everything. */
function CustomerTiles({ id }: { readonly id: string }): ReactNode {
  const { customers: words, metrics } = useMessages()
  const today = useToday()
  const limits = useMetricsLimits()
  const span = limits.data && { from: limits.data.min_date as CalendarDay, to: today }
  const figures = useMetrics(
    span && { period: 'custom', span, interval: 'year', customerId: id },
    TILES,
  )
  const query = limits.isError ? { ...limits, isPlaceholderData: false } : figures
  return (
    <section aria-label={words.figures}>
      <QuerySection
        query={query as typeof figures}
        thing={metrics.thing}
        skeleton={<FigureTiles slugs={TILES} figures={undefined} note="" />}
      >
        {(found) => <FigureTiles slugs={TILES} figures={found} note={words.allTime} />}
      </QuerySection>
    </section>
  )
}
