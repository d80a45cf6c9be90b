/** A list of Polar's, a page at a time, with the next page at hand. */
import { useConnection } from '@polar-connect/react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { withKnownError } from '../data/known-error.ts'
import { useKeptQuery, type KeptQuery } from '../data/use-kept-query.ts'

export const PAGE_SIZE = 20

/** A page as Polar answers it. */
export interface ListPage<Item> {
  readonly items: readonly Item[]
  readonly pagination: { readonly total_count: number; readonly max_page: number }
}

interface PagesOptions<Item> {
  /** As the list is named in keys: `orders`. */
  readonly resource: string
  /** What is asked for, but the page. */
  readonly asked: Readonly<Record<string, unknown>>
  readonly page: number
  readonly fetchPage: (page: number) => Promise<ListPage<Item>>
  readonly staleMs?: number
  readonly enabled?: boolean
  /** Whether the next page is loaded too. */
  readonly ahead?: boolean
}

export function usePages<Item>(options: PagesOptions<Item>): KeptQuery<ListPage<Item>> {
  const { resource, asked, page, fetchPage, staleMs, enabled = true, ahead = false } = options
  const { connection } = useConnection()
  const optionsOf = (number: number) =>
    queryOptions({
      queryKey: [resource, connection?.id, 'page', asked, number],
      queryFn: () => withKnownError(() => fetchPage(number)),
      ...(staleMs !== undefined && { staleTime: staleMs }),
    })
  const query = useKeptQuery({
    ...optionsOf(page),
    enabled: enabled && connection !== undefined,
  })
  const { data, isPlaceholderData } = query
  const more = ahead && !isPlaceholderData && data !== undefined && page < data.pagination.max_page
  // Nothing shows it yet, so nothing is drawn anew for it.
  useQuery({ ...optionsOf(page + 1), enabled: more, notifyOnChangeProps: [] })
  return query
}
