/** Metrics, as Polar sends them: the same value of every figure for each day. */
import { addDays, addMonths, daysBetween, type CalendarDay } from '../format/calendar-day.ts'

/** @param value of each bucket. The totals are their sum. */
export function metricsAnswer(url: URL, value: number): Response {
  const { searchParams: asked } = url
  const [from, to] = [asked.get('start_date'), asked.get('end_date')] as CalendarDay[]
  if (from === undefined || to === undefined) throw new TypeError('no days are asked for')
  const slugs = asked.getAll('metrics')
  const of = (amount: number) => Object.fromEntries(slugs.map((slug) => [slug, amount]))
  const days = bucketsOf(from, to, asked.get('interval'))
  return Response.json({
    periods: days.map((day) => ({ timestamp: `${day}T00:00:00Z`, ...of(value) })),
    totals: of(value * days.length),
    metrics: {},
  })
}

function bucketsOf(from: CalendarDay, to: CalendarDay, interval: string | null) {
  const next = (count: number) =>
    interval === 'month'
      ? addMonths(from, count)
      : addDays(from, interval === 'week' ? 7 * count : count)
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, count) => next(count)).filter(
    (day) => day <= to,
  )
}

/** The limits that Polar sets. */
export function limitsAnswer(): Response {
  const most = { hour: 7, day: 366, week: 371, month: 1460, year: 3650 }
  const intervals = Object.entries(most).map(([name, max]) => [
    name,
    { min_days: 0, max_days: max },
  ])
  return Response.json({ min_date: '2023-01-01', intervals: Object.fromEntries(intervals) })
}
