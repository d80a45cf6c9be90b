/** Lists of Polar's API: pages, sorting and filters. */
import * as parameters from '../http/parameters.ts'
import {
  checkQuery,
  parseFlag,
  parseMoment,
  type Parameter,
  type Parameters,
} from '../http/parameters.ts'

const MAX_LIMIT = 100

export interface ListRules<Item> {
  /** The names that `sorting` accepts, and the value that each compares. */
  readonly sortable: Readonly<Record<string, (item: Item) => unknown>>
  readonly defaultSorting: string
  /** The key is the query parameter. */
  readonly filters: Readonly<Record<string, Filter<Item>>>
  /** Whether `metadata[key]=value` is a filter too. */
  readonly metadata?: true
}

export interface Filter<Item> {
  readonly parameter: Parameter
  readonly keeps: (item: Item, values: readonly string[]) => boolean
}

/** An object with at least these members. */
type Having<Name extends string, Value = unknown> = Readonly<Record<Name, Value>>

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly pagination: { readonly total_count: number; readonly max_page: number }
}

/** Sorts by the values of these members. */
export function members<Name extends string>(
  ...names: readonly Name[]
): Record<Name, (item: Having<Name>) => unknown> {
  const entries = names.map((name) => [name, (item: Having<Name>) => item[name]] as const)
  return Object.fromEntries(entries) as Record<Name, (item: Having<Name>) => unknown>
}

export function listParameters<Item>(rules: ListRules<Item>): Parameters {
  const names = Object.keys(rules.sortable)
  const orders = names.flatMap((name) => [name, `-${name}`])
  return {
    ...filterParameters(rules.filters),
    page: parameters.positive(1),
    limit: parameters.positive(10),
    sorting: parameters.list(orders, [rules.defaultSorting]),
    ...(rules.metadata && { metadata: parameters.metadata }),
  }
}

export function filterParameters<Item>(filters: ListRules<Item>['filters']): Parameters {
  return Object.fromEntries(
    Object.entries(filters).map(([name, { parameter }]) => [name, parameter]),
  )
}

/** @throws ApiRefusal for a parameter that is not valid. */
export function listPage<Item>(
  query: URLSearchParams,
  items: readonly Item[],
  rules: ListRules<Item>,
): Page<Item> {
  checkQuery(query, listParameters(rules))
  const given = query.getAll('sorting')
  const orders = given.length > 0 ? given : [rules.defaultSorting]
  const sorted = filterItems(query, items, rules).toSorted(comparing(orders, rules.sortable))
  // Polar silently reduces a larger limit.
  const size = Math.min(lastNumber(query, 'limit', 10), MAX_LIMIT)
  const start = (lastNumber(query, 'page', 1) - 1) * size
  return {
    items: sorted.slice(start, start + size),
    pagination: { total_count: sorted.length, max_page: Math.ceil(sorted.length / size) },
  }
}

/** The items that match the filters of `query`. */
export function filterItems<Item>(
  query: URLSearchParams,
  items: readonly Item[],
  rules: Pick<ListRules<Item>, 'filters' | 'metadata'>,
): readonly Item[] {
  const filters = Object.entries(rules.filters)
    .map(([name, { keeps }]) => ({ keeps, values: query.getAll(name) }))
    .filter(({ values }) => values.length > 0)
  const metadata = [...query].flatMap(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
    return key === undefined || !rules.metadata ? [] : [[key, value] as const]
  })
  return items.filter((item) => {
    const { metadata: held } = item as { readonly metadata?: Record<string, unknown> }
    return (
      filters.every(({ keeps, values }) => keeps(item, values)) &&
      metadata.every(([key, value]) => String(held?.[key]) === value)
    )
  })
}

/** Keeps items that refer to one of the given IDs. Repeatable. */
export const oneId = <Name extends string>(member: Name): Filter<Having<Name, string | null>> => ({
  parameter: parameters.uuids,
  keeps: (item, values) => values.some((value) => value.toLowerCase() === item[member]),
})

/** Keeps items that have one of the given texts. Repeatable. */
export const oneText = <Item>(find: (item: Item) => string | null | undefined): Filter<Item> => ({
  parameter: parameters.texts,
  keeps: (item, values) => values.includes(find(item) ?? ''),
})

/** Keeps items that have one of the given words. Repeatable. @param name of Polar's enumeration. */
export const oneWord = <Name extends string>(
  member: Name,
  name: string,
  known: readonly string[],
): Filter<Having<Name, string | null>> => ({
  parameter: parameters.words(name, known),
  keeps: (item, values) => values.includes(item[member] ?? ''),
})

/** Keeps items for which `find` returns the given flag. */
export const flagged = <Item>(find: (item: Item) => boolean): Filter<Item> => ({
  parameter: parameters.flag,
  keeps: (item, values) => find(item) === parseFlag(values.at(-1) ?? ''),
})

export const containing = <Name extends string>(
  ...names: readonly Name[]
): Filter<Having<Name, string | null>> => ({
  parameter: parameters.text,
  keeps: (item, values) => {
    const wanted = (values.at(-1) ?? '').toLowerCase()
    return names.some((name) => item[name]?.toLowerCase().includes(wanted))
  },
})

/** Keeps items from the given time on. */
export const since = <Name extends string>(member: Name): Filter<Having<Name, string | null>> => ({
  parameter: parameters.moment,
  keeps: (item, values) =>
    Date.parse(item[member] ?? '') >= (parseMoment(values.at(-1) ?? '') ?? Infinity),
})

/** Keeps items up to the given time, included. */
export const until = <Name extends string>(member: Name): Filter<Having<Name, string | null>> => ({
  parameter: parameters.moment,
  keeps: (item, values) =>
    Date.parse(item[member] ?? '') <= (parseMoment(values.at(-1) ?? '') ?? -Infinity),
})

function lastNumber(query: URLSearchParams, name: string, byDefault: number): number {
  const value = query.getAll(name).at(-1)
  return value === undefined ? byDefault : Number(value)
}

/** @param orders names of `sortable`. The prefix `-` means descending. */
export function comparing<Item>(
  orders: readonly string[],
  sortable: ListRules<Item>['sortable'],
): (left: Item, right: Item) => number {
  const keys = orders.map((order) => ({
    key: sortable[order.replace(/^-/, '')] ?? (() => null),
    sign: order.startsWith('-') ? -1 : 1,
  }))
  return (left, right) => {
    for (const { key, sign } of keys) {
      const result = compare(key(left), key(right))
      if (result !== 0) return sign * result
    }
    return 0
  }
}

/** As in PostgreSQL: null is greater than any value, so it comes last, or first if descending. */
function compare(left: unknown, right: unknown): number {
  if (left === null || left === undefined || right === null || right === undefined) {
    return (
      Number(left === null || left === undefined) - Number(right === null || right === undefined)
    )
  }
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [first, second] = [textOf(left), textOf(right)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** A value as text. Values other than strings and numbers are compared by their JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : JSON.stringify(value)
}
