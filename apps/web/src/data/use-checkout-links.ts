/** The checkout links of the connection, and the making of one. */
import { useConnection, usePolar } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { withKnownError } from './known-error.ts'
import type { LinkDraft } from './link-draft.ts'
import type { ListQuery, ListRules } from './list-address.ts'
import { useOrganizationFilter } from './organization-filter.ts'
import { useItem } from './use-item.ts'
import type { KeptQuery } from './use-kept-query.ts'
import { PAGE_SIZE, usePages, type ListPage } from '../resources/use-resource.ts'

const RESOURCE = 'checkout-links'

/** Polar has the oldest first, where nothing is asked for. */
export const CHECKOUT_LINK_RULES = {
  sortable: ['label', 'created_at'],
  defaultSort: '-created_at',
  filters: {},
} as const satisfies ListRules

export function useCheckoutLinks(query: ListQuery): KeptQuery<ListPage<models.CheckoutLink>> {
  const polar = usePolar()
  const asked = {
    ...useOrganizationFilter(),
    limit: PAGE_SIZE,
    sorting: [query.sort as models.CheckoutLinkSortProperty],
  }
  return usePages({
    resource: RESOURCE,
    asked,
    page: query.page,
    fetchPage: (page) => polar.checkoutLinks.list({ ...asked, page }),
    ahead: true,
  })
}

export function useCheckoutLink(id: string): UseQueryResult<models.CheckoutLink> {
  const polar = usePolar()
  return useItem({ resource: RESOURCE, id, fetchItem: (each) => polar.checkoutLinks.get(each) })
}

/** Makes the link of a draft. It is at hand at once, and in the lists when they are opened next. */
export function useCreateCheckoutLink() {
  const polar = usePolar()
  const client = useQueryClient()
  const { connection } = useConnection()
  return useMutation({
    mutationFn: (draft: LinkDraft) =>
      withKnownError(() =>
        polar.checkoutLinks.create({
          payment_processor: 'stripe',
          products: [...draft.productIds],
          label: draft.name.trim() || null,
          success_url: draft.successPage.trim() || null,
          allow_discount_codes: draft.discountCodes,
          require_billing_address: draft.billingAddress,
        }),
      ),
    onSuccess: (link) => {
      client.setQueryData([RESOURCE, connection?.id, 'item', link.id], link)
      void client.invalidateQueries({ queryKey: [RESOURCE, connection?.id, 'page'] })
    },
  })
}

/** What a sale changes. */
const SOLD = ['orders', 'metrics', 'customers', 'subscriptions']

/** Somebody opened a link, and may buy: what a sale changes is asked for anew where it shows next. */
export function useExpectOrders(): () => void {
  const client = useQueryClient()
  return () => {
    for (const resource of SOLD) void client.invalidateQueries({ queryKey: [resource] })
  }
}
