/** One kind of record as data: everything that the list and details screens need. */
import type { BrowserPolar } from '@polar-connect/browser/polar'
import type { ReactNode } from 'react'
import type { ListQuery } from '../data/list-address.ts'
import type { Identified, ListPage } from '../data/list-page.ts'
import type { CsvCell } from '../format/csv.ts'
import type { Messages } from '../messages/en.ts'
import type { Column } from '../parts/data-table.tsx'

export type ResourceName =
  'products' | 'orders' | 'customers' | 'subscriptions' | 'checkoutLinks' | 'discounts'

/** The words of one kind of record, for the screens that all kinds share. */
export interface ResourceWords {
  /** Heading of the list, and its name in the navigation. */
  readonly title: string
  /** Inside a sentence: `orders`. */
  readonly thing: string
  /** `134 orders` */
  readonly count: (amount: number) => string
  readonly loaded: (shown: number, all: number) => string
  /** Accessible name of the table. */
  readonly table: string
  /** Label of the search. */
  readonly search?: string
  /** What the search looks at. */
  readonly searchHint?: string
  /** The same without the permission to see customers. */
  readonly searchHintAlone?: string
  readonly empty: string
  readonly emptyText: string
}

/** What the words and links of a screen depend on. */
export interface View {
  readonly messages: Messages
  readonly locale: string
  /** The state of a link to a record, so that Back to the list finds the same place in it. */
  readonly from: { readonly list: string } | undefined
}

export type Filter =
  /** A select of a few values. */
  | {
      readonly kind: 'choice'
      readonly values: readonly string[]
      readonly label: (messages: Messages) => string
      readonly name: (value: string, messages: Messages) => string
    }
  /** A checkbox. */
  | { readonly kind: 'flag'; readonly label: (messages: Messages) => string }
  /** A select of the connection's products. */
  | { readonly kind: 'product' }
  /** One customer, chosen on another page. */
  | { readonly kind: 'customer' }
  /** Days, as `from` and `to` in the address. */
  | { readonly kind: 'dates' }

/** Whose records to ask for. */
export interface Owned {
  readonly organization_id?: string
  readonly customer_id?: string[]
}

/** What a call of any list asks for. */
export interface Asked extends Owned {
  /** Nothing after this moment, if the list has moments: an export ends at the time it began. */
  readonly created_before?: string
  readonly limit: number
  readonly page: number
}

/** One column of the exported file. */
export interface FileColumn<Item> {
  readonly title: string
  cell(item: Item): CsvCell | null
}

/* The members that take an item are methods, so that a resource of any kind is one of `Identified`. */

interface Details<Item> {
  /** In the words of the page: `order`. */
  readonly thing: (messages: Messages) => string
  /** Also while nothing is loaded: then `item` is undefined. */
  title(item: Item | undefined, id: string, messages: Messages): string
  /** Its path at Polar, below the organization. */
  readonly polarPath: (id: string) => string
  /** `Fact` elements. */
  facts(item: Item, view: View): ReactNode
  sections?(item: Item): ReactNode
  actions?(item: Item, view: View): ReactNode
}

export interface Resource<Item extends Identified> {
  readonly name: ResourceName
  /**
   * How a search narrows the list: Polar searches the records themselves, or only the customers that
   * they belong to. Without it there is no search.
   */
  readonly search?: 'records' | 'customers'
  /**
   * Searches in a way of its own, before the search among customers. Undefined if the text does not
   * fit it. Everything that it finds is one page.
   */
  readonly find?: (
    polar: BrowserPolar,
    query: ListQuery,
    owned: Owned,
  ) => Promise<ListPage<Item> | undefined>
  readonly sortable: readonly string[]
  readonly defaultSort: string
  /** The first order, if no column shows it. */
  readonly unseenSort?: (messages: Messages) => { readonly title: string; readonly sort: string }
  /** By their names in the address. */
  readonly filters: Readonly<Record<string, Filter>>
  readonly list: (polar: BrowserPolar, query: ListQuery, asked: Asked) => Promise<ListPage<Item>>
  /** How long an answer is fresh. Half a minute by default. */
  readonly staleMs?: number
  readonly get?: (polar: BrowserPolar, id: string) => Promise<Item>
  readonly columns: (view: View) => readonly [Column<Item>, ...Column<Item>[]]
  /** The columns of an exported file. Without them there is no export. */
  readonly file?: (messages: Messages) => readonly FileColumn<Item>[]
  /** Other actions of the list. */
  readonly action?: ReactNode
  /** The first action, if nothing exists yet. */
  readonly begin: ReactNode
  readonly details?: Details<Item>
}
