/**
 * The page, search, filters and order of a list, as its address holds them:
 * `?page=2&q=ada&status=paid&sort=-created_at`. Anyone may type an address: unknown values do not count.
 */
import { useSearchParams } from 'react-router'

export interface ListQuery {
  readonly page: number
  /** How many on a page. */
  readonly rows: number
  /** Empty for everything. */
  readonly search: string
  /** A member that Polar sorts by. With `-` before it the largest comes first. */
  readonly sort: string
  /** By name. A filter that is not set is missing. */
  readonly filters: Readonly<Record<string, string>>
}

export interface ListRules {
  readonly sortable: readonly string[]
  readonly defaultSort: string
  /** By name, whether it may have a value. */
  readonly filters: Readonly<Record<string, (value: string) => boolean>>
}

/** A change begins at the first page again, unless it changes the page. */
export type ListChange = Partial<Omit<ListQuery, 'filters'>> & {
  /** Empty takes a filter away. */
  readonly filters?: Readonly<Record<string, string>>
}

export interface ListAddress {
  readonly query: ListQuery
  /** Whether a filter or search may hide something of the list. */
  readonly narrowed: boolean
  readonly change: (change: ListChange, options?: { readonly replace: boolean }) => void
  readonly clear: () => void
}

const MAX_SEARCH = 200
export const ROWS: readonly number[] = [20, 50, 100]
const DEFAULT_ROWS = 20

export function useListAddress(rules: ListRules): ListAddress {
  const [address, setAddress] = useSearchParams()
  const query = readListQuery(address, rules)
  return {
    query,
    narrowed: query.search !== '' || Object.keys(query.filters).length > 0,
    change: (change, options) =>
      setAddress((before) => changeListQuery(before, change, rules), options),
    clear: () =>
      setAddress((before) => {
        const after = new URLSearchParams(before)
        for (const name of ['page', 'q', ...Object.keys(rules.filters)]) after.delete(name)
        return after
      }),
  }
}

export function readListQuery(address: URLSearchParams, rules: ListRules): ListQuery {
  const page = address.get('page') ?? ''
  const sort = address.get('sort') ?? ''
  const filters = Object.entries(rules.filters).flatMap(([name, fits]) => {
    const value = address.get(name) ?? ''
    return fits(value) ? [[name, value] as const] : []
  })
  return {
    rows: ROWS.find((rows) => String(rows) === address.get('rows')) ?? DEFAULT_ROWS,
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
    search: (address.get('q') ?? '').trim().slice(0, MAX_SEARCH),
    sort: rules.sortable.includes(sort.replace(/^-/, '')) ? sort : rules.defaultSort,
    filters: Object.fromEntries(filters),
  }
}

/** The address after `change`. It leaves out the defaults. */
export function changeListQuery(
  before: URLSearchParams,
  { page = 1, rows, search, sort, filters = {} }: ListChange,
  { defaultSort }: ListRules,
): URLSearchParams {
  const after = new URLSearchParams(before)
  const put = (name: string, value: string | undefined, unsaid = '') => {
    if (value === undefined) return
    if (value === unsaid) after.delete(name)
    else after.set(name, value)
  }
  put('page', String(page), '1')
  put('rows', rows === undefined ? undefined : String(rows), String(DEFAULT_ROWS))
  put('q', search?.trim())
  put('sort', sort, defaultSort)
  for (const [name, value] of Object.entries(filters)) put(name, value)
  return after
}
