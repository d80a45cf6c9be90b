/** Products by their names, to choose from. */
import type { models } from '@polar-sh/sdk/2026-10'
import { useConnection, usePolar } from '@polar-connect/react'
import { useOrganizationFilter } from './organization-filter.ts'
import { useKeptQuery, type KeptQuery } from './use-kept-query.ts'

export interface ProductChoice {
  readonly id: string
  readonly name: string
  readonly product: models.Product
}

export interface ProductChoices {
  readonly choices: readonly ProductChoice[]
  /** Whether Polar has more of them than it sends at once. */
  readonly more: boolean
}

interface ProductChoicesOptions {
  /** A part of their names; Polar searches all of them. */
  readonly search?: string
  /** Whether to offer archived ones too. */
  readonly archived?: boolean
  readonly enabled?: boolean
}

/** As many as Polar sends at once. */
const LIMIT = 100
const STALE_MS = 300_000

export function useProductChoices(options: ProductChoicesOptions = {}): KeptQuery<ProductChoices> {
  const { search = '', archived = false, enabled = true } = options
  const polar = usePolar()
  const { connection } = useConnection()
  const asked = {
    ...useOrganizationFilter(),
    limit: LIMIT,
    sorting: ['name' as const],
    ...(!archived && { is_archived: false }),
    ...(search !== '' && { query: search }),
  }
  return useKeptQuery({
    queryKey: ['products', connection?.id, 'choices', asked],
    queryFn: async (): Promise<ProductChoices> => {
      const { items, pagination } = await polar.products.list(asked)
      return {
        choices: items.map((product) => ({ id: product.id, name: product.name, product })),
        more: pagination.total_count > items.length,
      }
    },
    enabled: enabled && connection !== undefined,
    staleTime: STALE_MS,
    meta: { reference: true },
  })
}
