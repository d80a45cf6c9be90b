/**
 * The best sellers in a span of days. Up to 100 orders are all counted. If there are more, the latest
 * 100 say which products to ask about, and Polar's figures say how much each one sold.
 */
import { useConnection, usePolar } from '@polar-connect/react'
import { endOfDay, startOfDay } from '../format/calendar-day.ts'
import { METRICS_CURRENCY } from '../format/metric-value.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import type { Period, Span } from './period.ts'
import { countSold, pickBest, type Picked, type Sold, type SoldIn } from './top-products.ts'
import { useKeptQuery } from './use-kept-query.ts'
import { useFetchFigures } from './use-metrics.ts'

const LIMIT = 100
/** Each costs a call. */
const ASKED_ABOUT = 4

export interface TopProducts {
  /** `all`: every order is counted. `picked`: products of the latest orders, with all their sales. */
  readonly counted: 'all' | 'picked'
  readonly sold: readonly SoldIn[]
}

export function useTopProducts(period: Period, span: Span, enabled: boolean) {
  const polar = usePolar()
  const { connection } = useConnection()
  const organization = useOrganizationFilter()
  const fetchFigures = useFetchFigures()

  async function ask({ productId, name }: Picked): Promise<Sold> {
    const question = { period, span, interval: 'day', productId } as const
    const { totals } = await fetchFigures(question, ['revenue', 'orders'])
    return { productId, name, revenue: totals.revenue ?? 0, orders: totals.orders ?? 0 }
  }

  return useKeptQuery({
    queryKey: ['orders', connection?.id, 'top-products', organization, span],
    queryFn: async (): Promise<TopProducts> => {
      const { items, pagination } = await polar.orders.list({
        ...organization,
        created_after: startOfDay(span.from),
        created_before: endOfDay(span.to),
        status: ['paid', 'refunded', 'partially_refunded'],
        limit: LIMIT,
        sorting: ['-created_at'],
      })
      const sold = countSold(items)
      if (pagination.total_count <= items.length) return { counted: 'all', sold }
      const asked = await Promise.all(pickBest(sold, ASKED_ABOUT).map(ask))
      const products = asked.toSorted((one, other) => other.revenue - one.revenue)
      return { counted: 'picked', sold: [{ currency: METRICS_CURRENCY, products }] }
    },
    enabled: enabled && connection !== undefined,
  })
}
