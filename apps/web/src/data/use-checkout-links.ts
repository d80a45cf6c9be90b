/** Makes checkout links, and knows what a sale changes. */
import { useConnection, usePolar } from '@polar-connect/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { withKnownError } from './known-error.ts'
import type { LinkDraft } from './link-draft.ts'

const RESOURCE = 'checkoutLinks'

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
