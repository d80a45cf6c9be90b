/** A page of a list, as Polar sends it. */

/** The members of every record. */
export interface Identified {
  /** A UUID. */
  readonly id: string
}

/** What a search looked at, if not at everything. */
export type SearchNote = 'latest' | 'first' | 'customers'

export interface ListPage<Item> {
  readonly note?: SearchNote
  readonly items: readonly Item[]
  readonly pagination: { readonly total_count: number; readonly max_page: number }
}
