/** Records of Polar: a page of a list with the next page loaded, and one record by its id. */
import { useConnection, usePolar } from '@polar-connect/react'
import {
  queryOptions,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { ListQuery } from '../data/list-address.ts'
import type { Identified, ListPage } from '../data/list-page.ts'
import { useOrganizationFilter } from '../data/organization-filter.ts'
import { narrowToCustomers, useCustomerSearch } from '../data/use-customer-search.ts'
import { useKeptQuery, type KeptQuery } from '../data/use-kept-query.ts'
import type { Asked, Owned, Resource } from './resource.ts'

/** A result of the search is fresh for as long as a list. */
const FOUND_MS = 60_000

interface ListOptions {
  readonly query?: Partial<ListQuery>
  /** Of this customer alone. */
  readonly customerId?: string
  readonly enabled?: boolean
  /** Loads the next page too. */
  readonly ahead?: boolean
}

/** A page of `resource`, of the connected organization. */
export function useRecords<Item extends Identified>(
  resource: Resource<Item>,
  options: ListOptions = {},
): KeptQuery<ListPage<Item>> {
  const { enabled = true, ahead = false } = options
  const { name, staleMs } = resource
  const { connection } = useConnection()
  const { query, owned, narrowing, fetchPage } = usePages(resource, options)
  const { page, rows: limit } = query
  const optionsOf = (number: number) =>
    queryOptions({
      queryKey: [name, connection?.id, 'page', { ...owned, limit, ...narrowing }, number],
      queryFn: () => fetchPage({ limit, page: number }),
      ...(staleMs !== undefined && { staleTime: staleMs }),
    })
  const records = useKeptQuery({ ...optionsOf(page), enabled: enabled && connection !== undefined })
  const { data, isPlaceholderData } = records
  const more = ahead && !isPlaceholderData && data !== undefined && page < data.pagination.max_page
  // Nothing shows it yet, so nothing is drawn again for it.
  useQuery({ ...optionsOf(page + 1), enabled: more, notifyOnChangeProps: [] })
  return records
}

/** How to ask for the pages of a list, with its search and filters. */
export function usePages<Item extends Identified>(
  resource: Resource<Item>,
  options: Pick<ListOptions, 'query' | 'customerId'>,
) {
  const { name, defaultSort, list } = resource
  const query = { page: 1, rows: 20, search: '', sort: defaultSort, filters: {}, ...options.query }
  const polar = usePolar()
  const { connection } = useConnection()
  const buyers = useCustomerSearch(resource.search === 'customers' ? query.search : '')
  const client = useQueryClient()
  const { search, sort, filters } = query
  const narrowing = { search, sort, filters }
  const only = options.customerId ?? filters['customer']
  const owned = {
    ...useOrganizationFilter(),
    ...(only !== undefined && { customer_id: [only] }),
  }

  async function findByItself(): Promise<ListPage<Item> | undefined> {
    if (search === '') return undefined
    const found = await client.fetchQuery({
      queryKey: [name, connection?.id, 'found', owned, narrowing],
      queryFn: async () => (await resource.find?.(polar, query, owned)) ?? null,
      staleTime: FOUND_MS,
    })
    return found ?? undefined
  }

  async function fetchPage(asking: Omit<Asked, keyof Owned>): Promise<ListPage<Item>> {
    const found = await findByItself()
    if (found && found.items.length > 0) return found
    const answer = await narrowToCustomers(await buyers.find(), only, (customers) =>
      list(polar, query, { ...owned, ...asking, ...customers }),
    )
    return found?.note === undefined ? answer : { ...answer, note: found.note }
  }

  return { query, owned, narrowing, fetchPage }
}

/** The record `id` of `resource`. A record that a list has just shown is not loaded again. */
export function useRecord<Item extends Identified>(
  { name, get, staleMs }: Resource<Item>,
  id: string,
): UseQueryResult<Item> {
  const polar = usePolar()
  const { connection } = useConnection()
  const client = useQueryClient()
  const listed = findListed<Item>(client, [name, connection?.id, 'page'], id)
  return useQuery({
    queryKey: [name, connection?.id, 'item', id],
    queryFn: () => {
      if (get === undefined) throw new TypeError(`${name} are not asked for one by one`)
      return get(polar, id)
    },
    enabled: connection !== undefined,
    ...(staleMs !== undefined && { staleTime: staleMs }),
    ...(listed && { initialData: listed.item, initialDataUpdatedAt: listed.at }),
  })
}

interface Listed<Item> {
  readonly item: Item
  /** When the list was loaded, in milliseconds since the epoch. */
  readonly at: number
}

/** From the newest of the loaded lists that has it. */
function findListed<Item extends Identified>(
  client: QueryClient,
  queryKey: readonly unknown[],
  id: string,
): Listed<Item> | undefined {
  const found = client
    .getQueryCache()
    .findAll({ queryKey })
    .flatMap(({ state }): Listed<Item>[] => {
      const page = state.data as ListPage<Item> | undefined
      const item = page?.items.find((each) => each.id === id)
      return item === undefined ? [] : [{ item, at: state.dataUpdatedAt }]
    })
  return found.toSorted((one, other) => other.at - one.at)[0]
}
