/** Lists as Polar's API answers them: pages, sorting, and filters by query. */
import type { ApiObject } from '../objects/dataset.ts'
import {
  flagForm,
  momentForm,
  parseFlag,
  parseMoment,
  uuidForm,
  wordForm,
  type QueryForm,
} from './query-form.ts'
import { invalid, type ValidationIssue } from './respond.ts'

const MAX_LIMIT = 100

export interface ListRules {
  /** What `sorting` may name: a member, or how to find what to compare. */
  readonly sortable: Readonly<Record<string, true | ((item: ApiObject) => unknown)>>
  readonly defaultSorting: string
  /** By query parameter; values may repeat. */
  readonly filters: Readonly<Record<string, Filter>>
}

export interface Filter {
  /** What a value has to be; any text where it is left out. */
  readonly form?: QueryForm
  readonly keeps: (item: ApiObject, values: readonly string[]) => boolean
}

export interface Page {
  readonly items: readonly ApiObject[]
  readonly pagination: { readonly total_count: number; readonly max_page: number }
}

/** @throws ApiRefusal where a parameter is not of its form. */
export function listPage(
  query: URLSearchParams,
  items: readonly ApiObject[],
  rules: ListRules,
): Page {
  const issues: ValidationIssue[] = []
  const page = wholeNumber(query.get('page') ?? '1', 'page', issues)
  const limit = wholeNumber(query.get('limit') ?? '10', 'limit', issues)
  const given = query.getAll('sorting')
  const orders = given.length > 0 ? given : [rules.defaultSorting]
  for (const [index, order] of given.entries()) {
    if (!Object.hasOwn(rules.sortable, order.replace(/^-/, ''))) {
      const names = Object.keys(rules.sortable)
      const expected = names.flatMap((name) => [`'${name}'`, `'-${name}'`]).join(', ')
      issues.push({
        type: 'enum',
        loc: ['query', 'sorting', index],
        msg: `Input should be ${expected}`,
        input: order,
        ctx: { expected },
      })
    }
  }
  issues.push(...filterIssues(query, rules.filters))
  if (issues.length > 0) throw invalid(issues)

  const sorted = filterItems(query, items, rules.filters).toSorted(comparing(orders, rules))
  // More than a page may hold is silently a full page.
  const size = Math.min(limit, MAX_LIMIT)
  const start = (page - 1) * size
  return {
    items: sorted.slice(start, start + size),
    pagination: { total_count: sorted.length, max_page: Math.ceil(sorted.length / size) },
  }
}

/** What is wrong with the values that `query` filters by. */
export function filterIssues(
  query: URLSearchParams,
  filters: Readonly<Record<string, Pick<Filter, 'form'>>>,
): readonly ValidationIssue[] {
  return Object.entries(filters).flatMap(([name, { form }]) =>
    query.getAll(name).flatMap((input) => {
      const issue = form?.(input)
      return issue === undefined ? [] : { ...issue, loc: ['query', name], input }
    }),
  )
}

/** Those that `query` keeps. */
export function filterItems(
  query: URLSearchParams,
  items: readonly ApiObject[],
  rules: ListRules['filters'],
): readonly ApiObject[] {
  const filters = Object.entries(rules)
    .map(([name, { keeps }]) => ({ keeps, values: query.getAll(name) }))
    .filter(({ values }) => values.length > 0)
  const metadata = [...query].flatMap(([name, value]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
    return key === undefined ? [] : [[key, value] as const]
  })
  return items.filter((item) => {
    const held = item['metadata'] as Record<string, unknown> | undefined
    return (
      filters.every(({ keeps, values }) => keeps(item, values)) &&
      metadata.every(([key, value]) => String(held?.[key]) === value)
    )
  })
}

/** Repeatable: keeps what has one of the values. */
export const oneOf = (member: string): Filter => ({
  keeps: (item, values) => values.includes(String(item[member])),
})

/** Repeatable: keeps what refers to one of the objects. */
export const oneId = (member: string): Filter => ({ ...oneOf(member), form: uuidForm })

/** Repeatable: keeps what has one of `words`, and knows no other. */
export const oneWord = (member: string, words: readonly string[]): Filter => ({
  ...oneOf(member),
  form: wordForm(words),
})

/** Keeps what the flag says of it. */
export const flagged = (find: (item: ApiObject) => boolean): Filter => ({
  form: flagForm,
  keeps: (item, [value = '']) => find(item) === parseFlag(value),
})

export const containing = (...members: readonly string[]): Filter => ({
  keeps: (item, [value = '']) =>
    members.some((member) => textOf(item[member]).toLowerCase().includes(value.toLowerCase())),
})

/** Keeps what happened at or after the moment given. */
export const since = (member: string): Filter => ({
  form: momentForm,
  keeps: (item, [value = '']) =>
    item[member] !== null && Date.parse(textOf(item[member])) >= (parseMoment(value) ?? Infinity),
})

/** Keeps what happened at or before the moment given. */
export const until = (member: string): Filter => ({
  form: momentForm,
  keeps: (item, [value = '']) =>
    item[member] !== null && Date.parse(textOf(item[member])) <= (parseMoment(value) ?? -Infinity),
})

function wholeNumber(text: string, name: string, issues: ValidationIssue[]): number {
  const value = Number(text)
  const loc = ['query', name]
  if (!/^-?\d+$/.test(text)) {
    const msg = 'Input should be a valid integer, unable to parse string as an integer'
    issues.push({ type: 'int_parsing', loc, msg, input: text })
  } else if (value <= 0) {
    const msg = 'Input should be greater than 0'
    issues.push({ type: 'greater_than', loc, msg, input: text, ctx: { gt: 0 } })
  }
  return value
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

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [first, second] = [textOf(left), textOf(right)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** A member as text: what is not a string or a number is compared by its JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : JSON.stringify(value)
}
