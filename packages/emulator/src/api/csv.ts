/** Lists as CSV files, in the words and the form in which Polar exports them. */
import type { ApiObject } from '../objects/dataset.ts'
import { requireScope } from './access.ts'
import { filterItems, filterParameters, type ListRules } from './list.ts'
import { checkQuery, list, timeZone } from './parameters.ts'
import type { ApiOptions, Resource } from './resource.ts'
import type { Operations } from './operations.ts'

type Cell = string | number | null | undefined

export interface Column {
  readonly title: string
  /** Moments are written by the clock of `timeZone`. */
  readonly cell: (item: ApiObject, timeZone: string) => Cell
}

/** Adds `GET …/export`, before a path with an id in it can take its place. */
export function mountExport(
  api: Operations,
  polar: ApiOptions,
  resource: Resource,
  file: {
    readonly columns: Readonly<Record<string, Column>>
    readonly defaults: readonly string[]
    /** Those of the list's filters that the export has too. */
    readonly filters: readonly string[]
  },
): void {
  const names = Object.keys(file.columns)
  const filters = Object.fromEntries(
    Object.entries(resource.rules.filters).filter(([name]) => file.filters.includes(name)),
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
      .toSorted(newestFirst(resource.rules))
      .map((item) => resource.present?.(item, dataset, polar.origin()) ?? item)
    const rows = items.map((item) => columns.map(({ cell }) => cell(item, zone)))
    return c.body(toCsv([columns.map(({ title }) => title), ...rows]), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="polar-${resource.name}.csv"`,
    })
  })
}

/** A member as it stands; empty where there is none. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Money in whole units. The service divides by a hundred whatever the currency. */
export function money(amount: unknown): string {
  const value = Number(amount) / 100
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/** `2026-08-01T11:30:00.123456+02:00` */
export function momentIn(timestamp: unknown, timeZone: string): string | null {
  if (typeof timestamp !== 'string') return null
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

function newestFirst({ defaultSorting }: ListRules) {
  const member = defaultSorting.replace(/^-/, '')
  return (left: ApiObject, right: ApiObject) =>
    String(left[member]) < String(right[member]) ? 1 : -1
}

/** RFC 4180, as spreadsheets read it. */
function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: Cell): string {
  const text = String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
