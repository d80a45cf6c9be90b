/**
 * Makes, changes and deletes checkout links, and knows what a sale changes. Each call is sent once: an
 * answer that is lost does not say that Polar did nothing.
 */
import { hasCode } from '@polar-connect/browser'
import { useConnection, usePolar } from '@polar-connect/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { models } from '@polar-sh/sdk/2026-10'
import { bodyOf, changesOf, draftOf, type LinkDraft } from './link-draft.ts'

const RESOURCE = 'checkoutLinks'

/** Makes the link of a draft. It can be shown at once, and lists have it when they are next opened. */
export function useCreateCheckoutLink() {
  const polar = usePolar()
  const client = useQueryClient()
  const { connection } = useConnection()
  return useMutation({
    mutationFn: (draft: LinkDraft) =>
      polar.checkoutLinks.create({ payment_processor: 'stripe', ...bodyOf(draft) }),
    onSuccess: (link) => {
      client.setQueryData([RESOURCE, connection?.id, 'item', link.id], link)
      void client.invalidateQueries({ queryKey: [RESOURCE, connection?.id, 'page'] })
    },
  })
}

/** Changes only the values that differ. Without a difference there is no call. */
export function useSaveCheckoutLink(link: models.CheckoutLink | undefined) {
  const polar = usePolar()
  const client = useQueryClient()
  const { connection } = useConnection()
  return useMutation({
    mutationFn: async (draft: LinkDraft) => {
      if (link === undefined) throw new TypeError('there is no link to change')
      const changes = changesOf(draft, draftOf(link))
      if (Object.keys(changes).length === 0) return link
      return polar.checkoutLinks.update(link.id, changes)
    },
    onSuccess: (saved) => {
      client.setQueryData([RESOURCE, connection?.id, 'item', saved.id], saved)
      void client.invalidateQueries({ queryKey: [RESOURCE, connection?.id, 'page'] })
    },
  })
}

/** Deletes a link. If it is gone already, that counts as deleted. */
export function useDeleteCheckoutLink() {
  const polar = usePolar()
  const client = useQueryClient()
  const { connection } = useConnection()
  return useMutation({
    mutationFn: async (id: string) => {
      try {
        await polar.checkoutLinks.delete(id)
      } catch (error) {
        if (!hasCode(error, 'not_found')) throw error
      }
    },
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: [RESOURCE, connection?.id, 'item', id] })
      void client.invalidateQueries({ queryKey: [RESOURCE, connection?.id, 'page'] })
    },
  })
}

/** What a sale changes. */
const SOLD = ['orders', 'metrics', 'customers', 'subscriptions']

/** Someone opened a link and may buy. So what a sale changes is loaded again when it shows next. */
export function useExpectOrders(): () => void {
  const client = useQueryClient()
  return () => {
    for (const resource of SOLD) void client.invalidateQueries({ queryKey: [resource] })
  }
}
