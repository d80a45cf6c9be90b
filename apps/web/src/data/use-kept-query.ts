/**
 * A query whose last answer stays on the screen until the next one comes: while that is on its way,
 * as with React Query's placeholders, and also where it was refused, which ends those.
 */
import { ConnectError } from '@polar-connect/browser'
import {
  keepPreviousData,
  useQuery,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useState } from 'react'

/** As much of a query as its states are decided by; `isPlaceholderData` is an answer of before. */
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

/** For a component that is a new one with another account: what it keeps is nobody else's. */
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

/** What may not be seen: then nothing of it is kept, and there is nothing to search. */
export function isRefused(error: unknown): boolean {
  const codes = ['insufficient_scope', 'not_permitted']
  return error instanceof ConnectError && codes.includes(error.code)
}
