/** How a figure moved from one side of a comparison to the other. */

export interface Change {
  readonly direction: 'up' | 'down' | 'same'
  /** As a share of the earlier value. Absent if that was zero, or if the share says only "much". */
  readonly share?: number
}

/** Above it a percentage means little: 999 %. */
const MOST_SHARE = 9.99

/** Undefined if one of the two is not known. */
export function decideChange(
  now: number | undefined,
  before: number | undefined,
): Change | undefined {
  if (now === undefined || before === undefined) return undefined
  if (now === before) return { direction: 'same' }
  const direction = now > before ? 'up' : 'down'
  const share = Math.abs((now - before) / before)
  return share <= MOST_SHARE ? { direction, share } : { direction }
}
