/** The products of the connection, a page at a time. */
import { usePolar, useConnection } from '@polar-connect/react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { withKnownError } from './known-error.ts'

export const PAGE_SIZE = 20

export function useProducts(page: number, limit: number = PAGE_SIZE) {
  const polar = usePolar()
  const { connection } = useConnection()
  const subject = connection?.subject
  return useQuery({
    queryKey: ['products', connection?.id, page, limit],
    queryFn: () =>
      withKnownError(() =>
        polar.products.list({
          page,
          limit,
          sorting: ['-created_at'],
          ...(subject?.type === 'organization' && { organization_id: subject.id }),
        }),
      ),
    enabled: connection !== undefined,
    placeholderData: keepPreviousData,
  })
}
