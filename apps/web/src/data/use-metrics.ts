/** Figures of the connection for a span of days, and what Polar allows to be asked. */
import { useConnection, usePolar } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import type { models } from '@polar-sh/sdk/2026-10'
import { browserTimeZone } from '../format/calendar-day.ts'
import { parseFigures, type Question } from './figures.ts'
import { withKnownError } from './known-error.ts'
import type { MetricSlug } from './metric.ts'
import { useKeptQuery } from './use-kept-query.ts'

/** @param slugs the figures that are shown: Polar computes and sends no others. */
export function useMetrics(
  question: Question | undefined,
  slugs: readonly MetricSlug[],
  { enabled = true }: { readonly enabled?: boolean } = {},
) {
  const polar = usePolar()
  const { connection } = useConnection()
  const subject = connection?.subject
  const timeZone = browserTimeZone()
  return useKeptQuery({
    queryKey: ['metrics', connection?.id, question, slugs, timeZone],
    queryFn: () => {
      if (question === undefined) throw new TypeError('there is nothing to ask')
      const { span, interval, productId } = question
      return withKnownError(async () => {
        const answer = await polar.metrics.get({
          start_date: span.from,
          end_date: span.to,
          interval,
          timezone: timeZone as models.Timezone,
          metrics: [...slugs],
          ...(subject?.type === 'organization' && { organization_id: subject.id }),
          ...(productId !== undefined && { product_id: productId }),
        })
        return parseFigures(answer, question, slugs, timeZone)
      })
    },
    enabled: enabled && connection !== undefined && question !== undefined,
  })
}

/** They change with Polar's version, not with the shop. */
export function useMetricsLimits() {
  const polar = usePolar()
  const { connection } = useConnection()
  return useQuery({
    queryKey: ['metrics-limits', connection?.id],
    queryFn: () => withKnownError(() => polar.metrics.limits()),
    enabled: connection !== undefined,
    staleTime: Infinity,
  })
}
