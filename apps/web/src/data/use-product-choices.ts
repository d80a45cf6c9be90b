/** The products that can be sold, by their names, to choose any of. */
import { useConnection, usePolar } from '@polar-connect/react'
import { withKnownError } from './known-error.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { useKeptQuery, type KeptQuery } from './use-kept-query.ts'

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
export function useProductChoices(search: string): KeptQuery<ProductChoices> {
  const polar = usePolar()
  const { connection } = useConnection()
  const asked = {
    ...useOrganizationFilter(),
    limit: LIMIT,
    sorting: ['name' as const],
    is_archived: false,
    ...(search !== '' && { query: search }),
  }
  return useKeptQuery({
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
  })
}
