/** The products that can be sold, by their names, to choose any of. */
import { useConnection, usePolar } from '@polar-connect/react'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { withKnownError } from './known-error.ts'
import { useOrganizationFilter } from './organization-filter.ts'

export interface ProductChoice {
  readonly id: string
  readonly name: string
}

export interface ProductChoices {
  readonly choices: readonly ProductChoice[]
  /** Whether Polar has more of them than it gives at once. */
  readonly more: boolean
}

/** As many as Polar gives at once. */
const LIMIT = 100
const STALE_MS = 300_000

/** @param search what their names hold; Polar looks through all of them. */
export function useProductChoices(search: string): UseQueryResult<ProductChoices> {
  const polar = usePolar()
  const { connection } = useConnection()
  const asked = {
    ...useOrganizationFilter(),
    limit: LIMIT,
    sorting: ['name' as const],
    is_archived: false,
    ...(search !== '' && { query: search }),
  }
  return useQuery({
    queryKey: ['products', connection?.id, 'choices', asked],
    queryFn: () =>
      withKnownError(async (): Promise<ProductChoices> => {
        const { items, pagination } = await polar.products.list(asked)
        return {
          choices: items.map(({ id, name }) => ({ id, name })),
          more: pagination.total_count > items.length,
        }
      }),
    enabled: connection !== undefined,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  })
}
