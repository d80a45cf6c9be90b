/** One object of Polar's. What a list has just shown is not asked for again. */
import { useConnection } from '@polar-connect/react'
import {
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { withKnownError } from './known-error.ts'
import type { ListPage } from '../resources/use-resource.ts'

interface ItemOptions<Item> {
  /** As its list is named in keys: `orders`. */
  readonly resource: string
  readonly id: string
  readonly fetchItem: (id: string) => Promise<Item>
}

export function useItem<Item extends { readonly id: string }>(
  options: ItemOptions<Item>,
): UseQueryResult<Item> {
  const { resource, id, fetchItem } = options
  const { connection } = useConnection()
  const client = useQueryClient()
  const listed = findListed<Item>(client, [resource, connection?.id, 'page'], id)
  return useQuery({
    queryKey: [resource, connection?.id, 'item', id],
    queryFn: () => withKnownError(() => fetchItem(id)),
    enabled: connection !== undefined,
    ...(listed && { initialData: listed.item, initialDataUpdatedAt: listed.at }),
  })
}

interface Listed<Item> {
  readonly item: Item
  /** When the list was loaded, in milliseconds since the epoch. */
  readonly at: number
}

/** The newest of the loaded lists that has it. */
function findListed<Item extends { readonly id: string }>(
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
