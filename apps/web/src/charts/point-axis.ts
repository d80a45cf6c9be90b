/** The level axis: which points are named below it, so that names never run into each other. */

const MOST_LABELS = 6

export interface PointLabel {
  readonly index: number
  /** The middle one stays if there is room for three. */
  readonly always: boolean
}

/** At most six of `count` points, spread as evenly as possible, with the first and the last. */
export function decideLabels(count: number): readonly PointLabel[] {
  if (count <= 0) return []
  const gaps = count - 1
  const even = [5, 4, 3, 2].find((each) => gaps % each === 0)
  const between = gaps < MOST_LABELS ? gaps : (even ?? MOST_LABELS - 1)
  const indices = Array.from({ length: between + 1 }, (_, step) =>
    between === 0 ? 0 : Math.round((step * gaps) / between),
  )
  const middle = indices[Math.floor(indices.length / 2)]
  // An even number has no middle, and a point beside it would look like a mistake.
  const hasMiddle = indices.length % 2 === 1
  return indices.map((index) => ({
    index,
    always: index === 0 || index === gaps || (hasMiddle && index === middle),
  }))
}

/** The point that the key selects: null clears the selection, undefined if the key does nothing here. */
export function decidePoint(
  key: string,
  at: number | undefined,
  count: number,
): number | null | undefined {
  const last = count - 1
  switch (key) {
    case 'ArrowLeft':
      return at === undefined ? last : Math.max(0, at - 1)
    case 'ArrowRight':
      return at === undefined ? 0 : Math.min(last, at + 1)
    case 'Home':
      return 0
    case 'End':
      return last
    case 'Escape':
      return null
    default:
      return undefined
  }
}
