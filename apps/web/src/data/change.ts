/** How a figure moved from one period to the next, as far as that can be said. */

export type Change =
  | { readonly direction: 'up' | 'down'; readonly share: number }
  | { readonly direction: 'same' }
  /** There was nothing before it: no share of nothing makes something. */
  | { readonly direction: 'new' }

/** Undefined while one of the two is not known. */
export function decideChange(
  now: number | undefined,
  before: number | undefined,
): Change | undefined {
  if (now === undefined || before === undefined) return undefined
  if (now === before) return { direction: 'same' }
  if (before === 0) return { direction: 'new' }
  const share = (now - before) / Math.abs(before)
  return { direction: share > 0 ? 'up' : 'down', share: Math.abs(share) }
}
