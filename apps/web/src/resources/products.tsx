/** Products as columns. */
import type { models } from '@polar-sh/sdk/2026-10'
import { Link, useLocation } from 'react-router'
import { describePrice, describeType } from '../format/price.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import { Badge } from '../parts/badge.tsx'
import type { Column } from '../parts/data-table.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { ProductMenu } from './products/product-menu.tsx'

export function useProductColumns(): readonly [
  Column<models.Product>,
  ...Column<models.Product>[],
] {
  const messages = useMessages()
  const locale = useLocale()
  const { search } = useLocation()
  const { columns } = messages.products
  return [
    {
      title: columns.product,
      sort: 'name',
      cell: (product) => (
        <Link to={`/dashboard/products/${product.id}`} state={{ list: search }}>
          <bdi>{product.name}</bdi>
        </Link>
      ),
    },
    {
      title: columns.price,
      sort: 'price_amount',
      number: true,
      descending: true,
      cell: (product) => describePrice(product, messages, locale) ?? <NotProvided />,
    },
    { title: columns.type, cell: (product) => describeType(product, messages) },
    { title: columns.status, cell: (product) => <ProductStatus product={product} /> },
    {
      title: columns.created,
      sort: 'created_at',
      descending: true,
      extra: true,
      cell: (product) => <Time iso={product.created_at} />,
    },
    {
      title: messages.lists.actions,
      actions: true,
      cell: (product) => <ProductMenu product={product} />,
    },
  ]
}

export function ProductStatus({ product }: { readonly product: models.Product }) {
  const { active, archived } = useMessages().products
  return product.is_archived ? (
    <Badge tone="neutral">{archived}</Badge>
  ) : (
    <Badge tone="success">{active}</Badge>
  )
}
