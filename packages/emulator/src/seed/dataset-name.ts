/** The data sets of the emulator. */
export const DATASET_NAMES = ['small', 'empty', 'large', 'awkward'] as const

/**
 * `empty` has people and organizations only. `large` has 5,000 orders. `awkward` is `small` plus
 * data that is hard to display.
 */
export type DatasetName = (typeof DATASET_NAMES)[number]
