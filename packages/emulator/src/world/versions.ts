/** The API versions that Polar accepts by date: one deprecated, one current, one preview. */

interface Row {
  /** When the row begins to count, in epoch seconds. */
  readonly from: number
  readonly current: string
  /** The deprecated version and the preview. */
  readonly others: readonly string[]
}

const day = (date: string) => Date.parse(date) / 1000

/**
 * From Polar's changelog. It promises a change in the first week of a quarter; the first day is the
 * worst case. Versions after 2027-04 are not announced.
 */
const SCHEDULE: readonly [Row, ...Row[]] = [
  { from: -Infinity, current: '2026-04', others: ['2026-10'] },
  { from: day('2026-10-01'), current: '2026-10', others: ['2026-04', '2027-01'] },
  { from: day('2027-01-01'), current: '2027-01', others: ['2026-10', '2027-04'] },
  { from: day('2027-04-01'), current: '2027-04', others: ['2027-01'] },
]

/** The accepted `Polar-Version` values at a time in epoch seconds, the default first. */
export function versionsAt(moment: number): readonly string[] {
  const { current, others } = SCHEDULE.findLast(({ from }) => from <= moment) ?? SCHEDULE[0]
  return [current, ...others]
}
