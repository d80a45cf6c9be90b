/** Products: what an organization sells. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Badge } from '../parts/badge.tsx'
import { CopiedId } from '../parts/copied-id.tsx'
import { Fact } from '../parts/fact.tsx'
import { Link } from '../parts/link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { CreateProduct } from './products/create-product.tsx'
import { describePrice, describeType } from './products/price.ts'
import { ProductMenu, toNewCheckoutLink } from './products/product-menu.tsx'
import { ProductSales } from './products/product-sales.tsx'
import type { Resource } from './resource.ts'

export const products: Resource<models.Product> = {
  name: 'products',
  search: 'records',
  sortable: ['name', 'price_amount', 'created_at'],
  defaultSort: '-created_at',
  filters: {
    type: {
      kind: 'choice',
      // Polar only has these two kinds: recurring or not.
      values: ['one_time', 'recurring'],
      label: ({ products: words }) => words.columns.type,
      name: (value, { products: words }) =>
        value === 'recurring' ? words.recurring : words.oneTime,
    },
    archived: { kind: 'flag', label: ({ products: words }) => words.showArchived },
  },
  staleMs: 300_000,
  list: (polar, { search, sort, filters: { type, archived } }, asked) =>
    polar.products.list({
      ...asked,
      sorting: [sort as models.ProductSortProperty],
      ...(search !== '' && { query: search }),
      ...(type !== undefined && { is_recurring: type === 'recurring' }),
      ...(archived === undefined && { is_archived: false }),
    }),
  get: (polar, id) => polar.products.get(id),
  columns: ({ messages, locale, from }) => {
    const { columns } = messages.products
    return [
      {
        title: columns.product,
        sort: 'name',
        cell: (product) => (
          <Link to={`/dashboard/products/${product.id}`} state={from}>
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
      {
        title: columns.type,
        under: columns.price,
        cell: (product) => describeType(product, messages),
      },
      { title: columns.status, cell: (product) => <ProductStatus product={product} /> },
      {
        title: columns.created,
        sort: 'created_at',
        descending: true,
        under: columns.product,
        cell: (product) => <Time iso={product.created_at} form="day" />,
      },
      {
        title: messages.lists.actions,
        actions: true,
        cell: (product) => <ProductMenu product={product} />,
      },
    ]
  },
  begin: <CreateProduct />,
  details: {
    thing: ({ products: words }) => words.one,
    title: (product, _, { products: words }) => product?.name ?? words.columns.product,
    polarPath: (id) => `/products/${id}`,
    actions: (product, { messages }) =>
      !product.is_archived && (
        <Link className="pc-button pc-button--primary" to={toNewCheckoutLink(product.id)}>
          {messages.checkoutLinks.create}
        </Link>
      ),
    facts: (product, { messages, locale }) => {
      const { products: words, things } = messages
      const { description, benefits } = product
      return (
        <>
          <Fact name={words.columns.price}>
            {describePrice(product, messages, locale) ?? <NotProvided />}
          </Fact>
          <Fact name={words.columns.type}>{describeType(product, messages)}</Fact>
          <Fact name={words.columns.status}>
            <ProductStatus product={product} />
          </Fact>
          <Fact name={words.description}>
            {description ? <bdi className="pc-prose">{description}</bdi> : <NotProvided />}
          </Fact>
          {benefits.length > 0 && (
            <Fact name={words.benefits}>
              <Benefits of={benefits} />
            </Fact>
          )}
          <Fact name={words.columns.created}>
            <Time iso={product.created_at} form="full" />
          </Fact>
          <Fact name={words.id}>
            <CopiedId thing={things.productId} value={product.id} />
          </Fact>
        </>
      )
    },
    sections: ({ id }) => <ProductSales id={id} />,
  },
}

interface ProductStatusProps {
  readonly product: models.Product
}

function ProductStatus({ product }: ProductStatusProps): ReactNode {
  const { active, archived } = useMessages().products
  return product.is_archived ? (
    <Badge tone="neutral">{archived}</Badge>
  ) : (
    <Badge tone="success">{active}</Badge>
  )
}

interface BenefitsProps {
  readonly of: models.Product['benefits']
}

function Benefits({ of }: BenefitsProps): ReactNode {
  return (
    <ul>
      {of.map(({ id, description }) => (
        <li key={id}>
          <bdi>{description}</bdi>
        </li>
      ))}
    </ul>
  )
}
