/** The periods of a chart: the hours, days, weeks, months or years of a time zone. */

export const INTERVALS = ['hour', 'day', 'week', 'month', 'year'] as const
export type Interval = (typeof INTERVALS)[number]

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/**
 * The start of each period, and then the end of the last one, in epoch milliseconds. The first
 * period is the whole period that contains `start`.
 *
 * @param start the first day, `YYYY-MM-DD`, in the time zone.
 * @param end the last day, included.
 */
export function periodBoundaries(options: {
  readonly start: string
  readonly end: string
  readonly interval: Interval
  readonly timeZone: string
}): readonly number[] {
  const { start, end, interval } = options
  const toInstant = zonedToInstant(options.timeZone)
  const last = Date.parse(end) + DAY_MS
  const boundaries: number[] = []
  if (interval === 'hour') {
    const over = toInstant(last)
    for (let at = toInstant(Date.parse(start)); at < over; at += HOUR_MS) boundaries.push(at)
    return [...boundaries, over]
  }
  let local = truncate(Date.parse(start), interval)
  while (local < last) {
    boundaries.push(toInstant(local))
    local = following(local, interval)
  }
  return [...boundaries, toInstant(local)]
}

/** Treats local dates as UTC, because calendars are the same everywhere. */
function truncate(local: number, interval: Interval): number {
  const date = new Date(local)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  if (interval === 'year') return Date.UTC(year, 0)
  if (interval === 'month') return Date.UTC(year, month)
  // Weeks begin on Monday (ISO 8601).
  if (interval === 'week') return local - ((date.getUTCDay() + 6) % 7) * DAY_MS
  return local
}

function following(local: number, interval: Interval): number {
  const date = new Date(local)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  if (interval === 'year') return Date.UTC(year + 1, 0)
  if (interval === 'month') return Date.UTC(year, month + 1)
  return local + (interval === 'week' ? 7 : 1) * DAY_MS
}

function zonedToInstant(timeZone: string): (local: number) => number {
  if (timeZone === 'UTC') return (local) => local
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetAt = (instant: number) => {
    const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = format
      .format(instant)
      .split(/\D+/)
      .map(Number)
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant
  }
  return (local) => {
    // Near a clock change the first offset can be wrong, so look it up again.
    const guess = local - offsetAt(local)
    return local - offsetAt(guess)
  }
}
