/** The sets of data that an emulator can be made with. */
export const DATASET_NAMES = ['small', 'empty', 'large', 'awkward'] as const

/**
 * `empty` has the people and their organizations, and nothing in them; `large` has 5,000 orders;
 * `awkward` adds to `small` what is hard to show.
 */
export type DatasetName = (typeof DATASET_NAMES)[number]
