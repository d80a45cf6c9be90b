/** Which API versions Polar accepts when: one deprecated, one current, one as a preview. */

interface Row {
  /** The first moment at which the row counts, epoch seconds. */
  readonly from: number
  readonly current: string
  /** Deprecated ones and the preview. */
  readonly others: readonly string[]
}

const day = (date: string) => Date.parse(date) / 1000

/**
 * By Polar's changelog. It promises the first week of a quarter, so the first day is the harshest.
 * What comes after 2027-04 is not announced.
 */
const SCHEDULE: readonly [Row, ...Row[]] = [
  { from: -Infinity, current: '2026-04', others: ['2026-10'] },
  { from: day('2026-10-01'), current: '2026-10', others: ['2026-04', '2027-01'] },
  { from: day('2027-01-01'), current: '2027-01', others: ['2026-10', '2027-04'] },
  { from: day('2027-04-01'), current: '2027-04', others: ['2027-01'] },
]

/** Accepted `Polar-Version` values at a moment in epoch seconds, the default one first. */
export function versionsAt(moment: number): readonly string[] {
  const { current, others } = SCHEDULE.findLast(({ from }) => from <= moment) ?? SCHEDULE[0]
  return [current, ...others]
}
