/** Lists as Polar's API answers them: pages, sorting, and filters by query. */
import type { Context } from 'hono'
import type { ApiObject } from '../dataset.ts'
import { invalid, type ValidationIssue } from './respond.ts'

const MAX_LIMIT = 100

export interface ListRules {
  /** Members that `sorting` may name. */
  readonly sortable: readonly string[]
  readonly defaultSorting: string
  /** By query parameter; values may repeat. */
  readonly filters: Readonly<
    Record<string, (item: ApiObject, values: readonly string[]) => boolean>
  >
}

export function answerList(c: Context, items: readonly ApiObject[], rules: ListRules) {
  const { searchParams } = new URL(c.req.url)
  const issues: ValidationIssue[] = []
  const page = wholeNumber(searchParams.get('page') ?? '1', 'page', issues)
  const limit = wholeNumber(searchParams.get('limit') ?? '10', 'limit', issues)
  const sorting = searchParams.getAll('sorting')
  const [order = rules.defaultSorting] = sorting
  for (const given of sorting) {
    if (!rules.sortable.includes(given.replace(/^-/, ''))) {
      const expected = rules.sortable.flatMap((name) => [`'${name}'`, `'-${name}'`]).join(', ')
      issues.push({
        type: 'enum',
        loc: ['query', 'sorting', 0],
        msg: `Input should be ${expected}`,
        input: given,
        ctx: { expected },
      })
    }
  }
  if (issues.length > 0) return invalid(c, issues)

  const filtered = items.filter((item) =>
    Object.entries(rules.filters).every(([name, keeps]) => {
      const values = searchParams.getAll(name)
      return values.length === 0 || keeps(item, values)
    }),
  )
  const sorted = filtered.toSorted(comparing(order))
  // More than a page may hold is silently a full page.
  const size = Math.min(limit, MAX_LIMIT)
  const start = (page - 1) * size
  return c.json({
    items: sorted.slice(start, start + size),
    pagination: { total_count: sorted.length, max_page: Math.ceil(sorted.length / size) },
  })
}

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

function comparing(order: string): (left: ApiObject, right: ApiObject) => number {
  const descending = order.startsWith('-')
  const member = order.replace(/^-/, '')
  return (left, right) => {
    const [first, second] = [sortKey(left[member]), sortKey(right[member])]
    const result = first < second ? -1 : first > second ? 1 : 0
    return descending ? -result : result
  }
}

function sortKey(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}
