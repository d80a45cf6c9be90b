/** Dates, times and durations as people read them, in the reader's language and time zone. */
import { browserTimeZone } from './calendar-day.ts'

/** In the zone that the charts use too. */
function inZone(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: browserTimeZone() })
}

/** `Nov 23, 2026` */
export function formatDate(iso: string, locale: string): string {
  return inZone(locale, { dateStyle: 'medium' }).format(new Date(iso))
}

/** `Nov 23, 2026, 2:02 PM` */
export function formatMoment(iso: string, locale: string): string {
  return inZone(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** `Nov 23, 2026, 2:02 PM UTC` */
export function formatDateTime(iso: string, locale: string): string {
  // As `medium` and `short` write them. Intl does not join those with the name of a zone.
  return inZone(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(iso))
}

/** `14:02` */
export function formatClock(milliseconds: number, locale: string): string {
  return inZone(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(milliseconds)
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * `2 minutes ago` up to a week, the date beyond it.
 *
 * @param now milliseconds since the epoch, by the server's clock.
 */
export function formatRelative(iso: string, now: number, locale: string): string {
  const past = now - Date.parse(iso)
  if (Math.abs(past) >= 7 * DAY) return formatDate(iso, locale)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (Math.abs(past) < MINUTE) return words.format(0, 'second')
  if (Math.abs(past) < HOUR) return words.format(-Math.round(past / MINUTE), 'minute')
  if (Math.abs(past) < DAY) return words.format(-Math.round(past / HOUR), 'hour')
  return words.format(-Math.round(past / DAY), 'day')
}

/** `seconds` in the largest unit that fits: `38 seconds`, `43 minutes`, `10 days`. */
export function formatDuration(seconds: number, locale: string): string {
  const left = Math.max(0, Math.ceil(seconds))
  const [amount, unit] =
    left < 2 * 60
      ? [left, 'second']
      : left < 2 * 3600
        ? [left / 60, 'minute']
        : left < 48 * 3600
          ? [left / 3600, 'hour']
          : [left / 86_400, 'day']
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(locale, style).format(Math.floor(amount))
}
