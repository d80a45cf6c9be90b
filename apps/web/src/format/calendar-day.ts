/**
 * A day of the calendar, `2026-11-23`: the unit of the charts. It has no hour and no zone, so it never
 * becomes a moment on the way: `new Date('2026-11-23')` is the day before in the Americas.
 */

export type CalendarDay = `${number}-${number}-${number}`

const DAY_MS = 86_400_000

/** Whether `text`, which someone may have typed, is a day that exists. */
export function isCalendarDay(text: string): text is CalendarDay {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && toDay(time) === text
}

/** The day at `moment` (milliseconds since the epoch) in `timeZone`. */
export function dayAt(moment: number, timeZone: string): CalendarDay {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}` as CalendarDay
}

/** The browser's own zone, by its IANA name. UTC if the zone has no name. */
export function browserTimeZone(): string {
  // A machine without a zone gives none or `Etc/Unknown`. One with a fixed offset gives `+05:30`.
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string }
  return timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC'
}

function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return toDay(toTime(day) + days * DAY_MS)
}

/** The same day of another month, or its last day if the month has no such day. */
export function addMonths(day: CalendarDay, months: number): CalendarDay {
  const date = new Date(toTime(day))
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return toDay(Date.UTC(year, month, Math.min(date.getUTCDate(), last)))
}

export function startOfMonth(day: CalendarDay): CalendarDay {
  return `${day.slice(0, 7)}-01` as CalendarDay
}

/** How many days later `last` is than `first`: 0 for the same day. */
export function daysBetween(first: CalendarDay, last: CalendarDay): number {
  return Math.round((toTime(last) - toTime(first)) / DAY_MS)
}

/** The first moment of `day` in the browser's zone, as Polar takes it. */
export function startOfDay(day: CalendarDay): string {
  return new Date(`${day}T00:00:00`).toISOString()
}

/** Its last millisecond there. */
export function endOfDay(day: CalendarDay): string {
  return new Date(Date.parse(`${addDays(day, 1)}T00:00:00`) - 1).toISOString()
}

/** `Nov 23, 2026` without a `style`. */
export function formatDay(
  day: CalendarDay,
  locale: string,
  style: Intl.DateTimeFormatOptions = { dateStyle: 'medium' },
): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(toTime(day))
}

/** Both ends of a range, `Oct 25` and `Nov 23, 2026`. If they share the year, only one names it. */
export function formatEnds(
  first: CalendarDay,
  last: CalendarDay,
  locale: string,
): readonly [first: string, last: string] {
  const sameYear = first.slice(0, 4) === last.slice(0, 4)
  const short = { month: 'short', day: 'numeric' } as const
  return [formatDay(first, locale, sameYear ? short : undefined), formatDay(last, locale)]
}

/** `Oct 30–Nov 27`, `Oct 1–31`; the years where `withYear`. */
export function formatDays(
  first: CalendarDay,
  last: CalendarDay,
  locale: string,
  withYear: boolean,
): string {
  const style = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const
  const format = new Intl.DateTimeFormat(locale, { ...style, ...(withYear && { year: 'numeric' }) })
  // Intl puts thin spaces around the dash. No other text here has them.
  return format.formatRange(toTime(first), toTime(last)).replace(/\s*–\s*/u, '–')
}

/** Days are held as if they were in UTC: calendars are the same everywhere. */
function toTime(day: CalendarDay): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return Date.UTC(year, month - 1, date)
}

function toDay(time: number): CalendarDay {
  return new Date(time).toISOString().slice(0, 10) as CalendarDay
}
