/** What the form does: makes a link, or changes one. */
import type { models } from '@polar-sh/sdk/2026-10'
import { useCreateCheckoutLink, useSaveCheckoutLink } from '../../data/use-checkout-links.ts'
import { useMessages } from '../../messages/use-messages.ts'

export type LinkJob = ReturnType<typeof useLinkJob>

/** The call, with its words and the page after it. */
export function useLinkJob(link: models.CheckoutLink | undefined) {
  const { checkoutLinks: words } = useMessages()
  const create = useCreateCheckoutLink()
  const save = useSaveCheckoutLink(link)
  return link === undefined
    ? {
        ...create,
        name: words.create,
        doing: words.creating,
        done: words.created,
        grant: words.grant,
        granted: words.granted,
        next: ({ id }: models.CheckoutLink) => `?created=${id}`,
      }
    : {
        ...save,
        name: words.save,
        doing: words.saving,
        done: words.saved,
        grant: words.allowEditing,
        granted: words.grantedEditing,
        next: () => '/dashboard/checkout-links',
      }
}
