/** Figures of the connection for a span of days, and the limits that Polar sets. */
import { useConnection, usePolar } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import type { models } from '@polar-sh/sdk/2026-10'
import { browserTimeZone } from '../format/calendar-day.ts'
import { parseFigures, type Figures, type Question } from './figures.ts'
import type { MetricSlug } from './metric.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { useKeptQuery } from './use-kept-query.ts'

/** @param slugs the figures that are shown: Polar computes and sends no others. */
export function useMetrics(
  question: Question | undefined,
  slugs: readonly MetricSlug[],
  { enabled = true }: { readonly enabled?: boolean } = {},
) {
  const { connection } = useConnection()
  const fetchFigures = useFetchFigures()
  return useKeptQuery({
    queryKey: ['metrics', connection?.id, useOrganizationFilter(), question, slugs],
    queryFn: () => {
      if (question === undefined) throw new TypeError('there is nothing to ask')
      return fetchFigures(question, slugs)
    },
    enabled: enabled && connection !== undefined && question !== undefined,
  })
}

/** One call, in the zone of the browser. */
export function useFetchFigures(): (
  question: Question,
  slugs: readonly MetricSlug[],
) => Promise<Figures> {
  const polar = usePolar()
  const organization = useOrganizationFilter()
  return async (question, slugs) => {
    const { span, interval, productId, customerId } = question
    const timeZone = browserTimeZone()
    const answer = await polar.metrics.get({
      start_date: span.from,
      end_date: span.to,
      interval,
      timezone: timeZone as models.Timezone,
      metrics: [...slugs],
      ...organization,
      ...(productId !== undefined && { product_id: productId }),
      ...(customerId !== undefined && { customer_id: customerId }),
    })
    return parseFigures(answer, question, slugs, timeZone)
  }
}

/** They change with Polar's version, not with the shop. */
export function useMetricsLimits() {
  const polar = usePolar()
  const { connection } = useConnection()
  return useQuery({
    queryKey: ['metrics-limits', connection?.id],
    queryFn: () => polar.metrics.limits(),
    enabled: connection !== undefined,
    staleTime: Infinity,
    meta: { reference: true },
  })
}
