/** The days that are compared, always visible under the period. */
import type { ReactNode } from 'react'
import { daysOf, type compare } from '../../data/period.ts'
import { formatDays, type CalendarDay } from '../../format/calendar-day.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'

interface ComparisonLineProps {
  readonly comparison: ReturnType<typeof compare>
  /** The last day of the period: today is in it, and not in the comparison. */
  readonly end: CalendarDay
  readonly today: CalendarDay
}

export function ComparisonLine({ comparison, end, today }: ComparisonLineProps): ReactNode {
  const { periods } = useMessages()
  const words = periods.comparison
  const locale = useLocale()
  if (typeof comparison === 'string') return <p className="pc-comparison">{words[comparison]}</p>
  const { now, before } = comparison
  const withYear = before.from.slice(0, 4) !== now.to.slice(0, 4)
  const [these, those] = [now, before].map(({ from, to }) =>
    formatDays(from, to, locale, withYear),
  ) as [string, string]
  const [days, daysBefore] = [daysOf(now), daysOf(before)]
  const text =
    days !== daysBefore
      ? words.months(these, days, those, daysBefore)
      : end < today
        ? words.days(these, those)
        : words.daysWithoutToday(these, those)
  return <p className="pc-comparison">{text}</p>
}
