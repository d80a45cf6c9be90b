/** Checkout links as columns. */
import type { models } from '@polar-sh/sdk/2026-10'
import { useExpectOrders } from '../data/use-checkout-links.ts'
import { useMessages } from '../messages/use-messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import type { Column } from '../parts/data-table.tsx'
import { ExternalLink } from '../parts/external-link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'

export function useCheckoutLinkColumns(): readonly [
  Column<models.CheckoutLink>,
  ...Column<models.CheckoutLink>[],
] {
  const { checkoutLinks: words, list } = useMessages()
  const expectOrders = useExpectOrders()
  const { columns } = words
  const productNames = ({ products }: models.CheckoutLink) => list(products.map(({ name }) => name))
  return [
    {
      title: columns.name,
      sort: 'label',
      cell: ({ label }) => (label ? <bdi>{label}</bdi> : <NotProvided />),
    },
    {
      title: columns.products,
      cell: (link) => <bdi>{productNames(link) || <NotProvided />}</bdi>,
    },
    {
      title: columns.link,
      cell: (link) => {
        const name = link.label || productNames(link)
        return (
          <span className="pc-link-actions">
            <CopyButton thing={words.link} value={link.url} label={words.copyFor(name)} />
            <ExternalLink
              className="pc-button"
              href={link.url}
              label={words.openFor(name)}
              onOpen={expectOrders}
            >
              {words.open}
            </ExternalLink>
          </span>
        )
      },
    },
    {
      title: columns.created,
      sort: 'created_at',
      descending: true,
      extra: true,
      cell: (link) => <Time iso={link.created_at} />,
    },
  ]
}
