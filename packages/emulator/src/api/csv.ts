/** Lists as CSV files, in Polar's export format. */
import type { ApiObject } from '../objects/models.ts'
import { requireScope } from './access.ts'
import { comparing, filterItems, filterParameters } from './list.ts'
import { checkQuery, list, timeZone } from '../http/parameters.ts'
import type { ApiOptions, Resource } from './resource.ts'
import type { Operations } from './operations.ts'

type Cell = string | number | null | undefined

export interface Column<Answer> {
  readonly title: string
  /** Writes times in `timeZone`. */
  readonly cell: (answer: Answer, timeZone: string) => Cell
}

/** Adds `GET …/export`. Call it before the routes with an ID, which would match `export` too. */
export function mountExport<Item extends ApiObject, Answer extends object>(
  api: Operations,
  polar: ApiOptions,
  resource: Resource<Item, Answer>,
  file: {
    readonly columns: Readonly<Record<string, Column<Answer>>>
    readonly defaults: readonly string[]
    /** The filters of the list that the export supports. */
    readonly filters: readonly string[]
  },
): void {
  const { rules } = resource
  const names = Object.keys(file.columns)
  const filters = Object.fromEntries(
    Object.entries(rules.filters).filter(([name]) => file.filters.includes(name)),
  )
  const path = `/v1/${resource.name}/export`
  const parameters = { ...filterParameters(filters), timezone: timeZone, columns: list(names) }
  api.on({ method: 'GET', path, scopes: resource.reads, query: parameters }, (c) => {
    const caller = requireScope(c, resource.reads)
    const query = new URL(c.req.url).searchParams
    checkQuery(query, parameters)
    const zone = query.get('timezone') ?? 'UTC'
    const dataset = polar.dataset()
    const chosen = query.has('columns') ? query.getAll('columns') : file.defaults
    const columns = chosen.flatMap((name) => file.columns[name] ?? [])
    const items = filterItems(query, resource.items(dataset, caller), { filters })
      .toSorted(comparing([rules.defaultSorting], rules.sortable))
      .map((item) => resource.present(item, dataset, polar.origin()))
    const rows = items.map((item) => columns.map(({ cell }) => cell(item, zone)))
    return c.body(toCsv([columns.map(({ title }) => title), ...rows]), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="polar-${resource.name}.csv"`,
    })
  })
}

/** An amount in whole units. Polar divides by 100 for every currency. */
export function money(amount: number): string {
  const value = amount / 100
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/** `2026-08-01T11:30:00.123456+02:00` */
export function momentIn(timestamp: string | null, timeZone: string): string | null {
  if (timestamp === null) return null
  const instant = new Date(timestamp)
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.slice('GMT'.length)
  const fraction = /\.\d+/.exec(timestamp)?.[0] ?? ''
  return `${format.format(instant).replace(' ', 'T')}${fraction}${offset || '+00:00'}`
}

/** CSV (RFC 4180). */
function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: Cell): string {
  const text = String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
