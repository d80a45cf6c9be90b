/** Billing periods of the calendar, in UTC. */

/** @returns epoch seconds, `count` intervals later. The 31st becomes the last day of the month. */
export function addInterval(epochSeconds: number, interval: string, count = 1): number {
  const date = new Date(epochSeconds * 1000)
  if (interval === 'day' || interval === 'week') {
    return epochSeconds + count * (interval === 'week' ? 604_800 : 86_400)
  }
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + count * (interval === 'year' ? 12 : 1))
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)
  date.setUTCDate(Math.min(day, new Date(month).getUTCDate()))
  return date.getTime() / 1000
}
