/** Lists as Polar's API answers them: pages, sorting, and filters by query. */
import type { ApiObject } from '../objects/dataset.ts'
import * as parameters from './parameters.ts'
import {
  checkQuery,
  parseFlag,
  parseMoment,
  type Parameter,
  type Parameters,
} from './parameters.ts'

const MAX_LIMIT = 100

export interface ListRules {
  /** What `sorting` may name: a member, or how to find what to compare. */
  readonly sortable: Readonly<Record<string, true | ((item: ApiObject) => unknown)>>
  readonly defaultSorting: string
  /** By query parameter. */
  readonly filters: Readonly<Record<string, Filter>>
  /** Whether `metadata[key]=value` filters too. */
  readonly metadata?: true
}

export interface Filter {
  readonly parameter: Parameter
  readonly keeps: (item: ApiObject, values: readonly string[]) => boolean
}

export interface Page {
  readonly items: readonly ApiObject[]
  readonly pagination: { readonly total_count: number; readonly max_page: number }
}

export function listParameters(rules: ListRules): Parameters {
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

export function filterParameters(filters: ListRules['filters']): Parameters {
  return Object.fromEntries(
    Object.entries(filters).map(([name, { parameter }]) => [name, parameter]),
  )
}

/** @throws ApiRefusal where a parameter is not of its form. */
export function listPage(
  query: URLSearchParams,
  items: readonly ApiObject[],
  rules: ListRules,
): Page {
  checkQuery(query, listParameters(rules))
  const given = query.getAll('sorting')
  const orders = given.length > 0 ? given : [rules.defaultSorting]
  const sorted = filterItems(query, items, rules).toSorted(comparing(orders, rules))
  // More than a page may hold is silently a full page.
  const size = Math.min(lastNumber(query, 'limit', 10), MAX_LIMIT)
  const start = (lastNumber(query, 'page', 1) - 1) * size
  return {
    items: sorted.slice(start, start + size),
    pagination: { total_count: sorted.length, max_page: Math.ceil(sorted.length / size) },
  }
}

/** Those that `query` keeps. */
export function filterItems(
  query: URLSearchParams,
  items: readonly ApiObject[],
  rules: Pick<ListRules, 'filters' | 'metadata'>,
): readonly ApiObject[] {
  const filters = Object.entries(rules.filters)
    .map(([name, { keeps }]) => ({ keeps, values: query.getAll(name) }))
    .filter(({ values }) => values.length > 0)
  const metadata = [...query].flatMap(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
    return key === undefined || !rules.metadata ? [] : [[key, value] as const]
  })
  return items.filter((item) => {
    const held = item['metadata'] as Record<string, unknown> | undefined
    return (
      filters.every(({ keeps, values }) => keeps(item, values)) &&
      metadata.every(([key, value]) => String(held?.[key]) === value)
    )
  })
}

/** Repeatable: keeps what refers to one of the objects. */
export const oneId = (member: string): Filter => ({
  parameter: parameters.uuids,
  keeps: (item, values) => values.some((value) => value.toLowerCase() === String(item[member])),
})

/** Repeatable: keeps what has one of the texts. */
export const oneText = (find: (item: ApiObject) => unknown): Filter => ({
  parameter: parameters.texts,
  keeps: (item, values) => values.includes(String(find(item))),
})

/** Repeatable: keeps what has one of `known`. @param name of Polar's enumeration */
export const oneWord = (member: string, name: string, known: readonly string[]): Filter => ({
  parameter: parameters.words(name, known),
  keeps: (item, values) => values.includes(String(item[member])),
})

/** Keeps what the flag says of it. */
export const flagged = (find: (item: ApiObject) => boolean): Filter => ({
  parameter: parameters.flag,
  keeps: (item, values) => find(item) === parseFlag(values.at(-1) ?? ''),
})

export const containing = (...members: readonly string[]): Filter => ({
  parameter: parameters.text,
  keeps: (item, values) =>
    members.some((member) =>
      textOf(item[member])
        .toLowerCase()
        .includes((values.at(-1) ?? '').toLowerCase()),
    ),
})

/** Keeps what happened at or after the moment given. */
export const since = (member: string): Filter => ({
  parameter: parameters.moment,
  keeps: (item, values) =>
    item[member] !== null &&
    Date.parse(textOf(item[member])) >= (parseMoment(values.at(-1) ?? '') ?? Infinity),
})

/** Keeps what happened at or before the moment given. */
export const until = (member: string): Filter => ({
  parameter: parameters.moment,
  keeps: (item, values) =>
    item[member] !== null &&
    Date.parse(textOf(item[member])) <= (parseMoment(values.at(-1) ?? '') ?? -Infinity),
})

function lastNumber(query: URLSearchParams, name: string, byDefault: number): number {
  const value = query.getAll(name).at(-1)
  return value === undefined ? byDefault : Number(value)
}

type Comparison = (left: ApiObject, right: ApiObject) => number

function comparing(orders: readonly string[], { sortable }: ListRules): Comparison {
  const keys = orders.map((order) => {
    const member = order.replace(/^-/, '')
    const find = sortable[member]
    const key = typeof find === 'function' ? find : (item: ApiObject) => item[member]
    return { key, sign: order.startsWith('-') ? -1 : 1 }
  })
  return (left, right) => {
    for (const { key, sign } of keys) {
      const result = compare(key(left), key(right))
      if (result !== 0) return sign * result
    }
    return 0
  }
}

/** As PostgreSQL sorts: what is null is greater than anything, so it comes last, or first if descending. */
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

/** A member as text: what is not a string or a number is compared by its JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : JSON.stringify(value)
}
