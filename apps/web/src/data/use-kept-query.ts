/**
 * A query whose last answer stays on the screen until the next one comes. React Query's placeholders
 * do that while the next one is on its way. This also keeps it if the next one is refused.
 */
import { hasCode } from '@polar-connect/browser'
import {
  keepPreviousData,
  useQuery,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useState } from 'react'

/** The part of a query that decides its states. `isPlaceholderData`: it is an earlier answer. */
export type KeptQuery<Data> = Pick<
  UseQueryResult<Data>,
  | 'data'
  | 'dataUpdatedAt'
  | 'error'
  | 'errorUpdatedAt'
  | 'fetchStatus'
  | 'isError'
  | 'isFetching'
  | 'isPlaceholderData'
  | 'refetch'
>

/** For a component that is new for each account: it keeps nothing of another account. */
export function useKeptQuery<Data, Key extends QueryKey>(
  options: UseQueryOptions<Data, Error, Data, Key>,
): KeptQuery<Data> {
  const query = useQuery({ ...options, placeholderData: keepPreviousData })
  const { data, dataUpdatedAt, error, isPlaceholderData } = query
  const [kept, setKept] = useState<Pick<typeof query, 'data' | 'dataUpdatedAt'>>()
  if (data !== undefined && !isPlaceholderData && data !== kept?.data) {
    setKept({ data, dataUpdatedAt })
  }
  const takesPlace = data === undefined && error !== null && !isRefused(error)
  return takesPlace && kept !== undefined ? { ...query, ...kept, isPlaceholderData: true } : query
}

/** Not allowed to be seen: then nothing is kept, and there is nothing to search. */
export function isRefused(error: unknown): boolean {
  return hasCode(error, 'insufficient_scope', 'not_permitted')
}
