/** Checkout links: the addresses where people can buy. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { useExpectOrders } from '../data/use-checkout-links.ts'
import { useMessages } from '../messages/use-messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { ExternalLink } from '../parts/external-link.tsx'
import { Link } from '../parts/link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { BeginSelling, CreateCheckoutLink } from './checkout-links/create-checkout-link.tsx'
import { LinkMenu } from './checkout-links/link-menu.tsx'
import type { Resource } from './resource.ts'

export const checkoutLinks: Resource<models.CheckoutLink> = {
  name: 'checkoutLinks',
  // Without an order Polar sends the oldest first.
  sortable: ['label', 'created_at'],
  defaultSort: '-created_at',
  filters: { product: { kind: 'product' } },
  list: (polar, { sort, filters: { product } }, asked) =>
    polar.checkoutLinks.list({
      ...asked,
      sorting: [sort as models.CheckoutLinkSortProperty],
      ...(product !== undefined && { product_id: product }),
    }),
  get: (polar, id) => polar.checkoutLinks.get(id),
  columns: ({ messages }) => {
    const { checkoutLinks: words, list } = messages
    const { columns } = words
    const namesOf = ({ products }: models.CheckoutLink) => list(products.map(({ name }) => name))
    const nameOf = (link: models.CheckoutLink) => link.label || namesOf(link)
    return [
      {
        title: columns.name,
        sort: 'label',
        cell: (link) => (
          <Link to={`/dashboard/checkout-links/${link.id}`}>
            <bdi>{nameOf(link) || <NotProvided />}</bdi>
          </Link>
        ),
      },
      {
        title: columns.products,
        under: columns.name,
        cell: (link) => <bdi>{namesOf(link) || <NotProvided />}</bdi>,
      },
      {
        title: columns.link,
        cell: (link) => <LinkActions url={link.url} name={nameOf(link)} />,
      },
      {
        title: columns.created,
        sort: 'created_at',
        descending: true,
        cell: (link) => <Time iso={link.created_at} form="day" />,
      },
      {
        title: messages.lists.actions,
        actions: true,
        cell: (link) => <LinkMenu link={link} name={nameOf(link)} />,
      },
    ]
  },
  action: <CreateCheckoutLink />,
  begin: <BeginSelling />,
}

interface LinkActionsProps {
  readonly url: string
  readonly name: string
}

function LinkActions({ url, name }: LinkActionsProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const expectOrders = useExpectOrders()
  return (
    <span className="pc-link-actions">
      <CopyButton thing={words.link} value={url} label={words.copyFor(name)} />
      <ExternalLink
        className="pc-button"
        href={url}
        label={words.openFor(name)}
        onOpen={expectOrders}
      >
        {words.open}
      </ExternalLink>
    </span>
  )
}
