/** One product: what it is, what it costs, and what comes with it. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useProduct } from '../data/use-products.ts'
import { describePrice, describeType } from '../format/price.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Fact } from '../parts/fact.tsx'
import { ItemPage } from '../resources/details-screen.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { ProductStatus } from '../resources/products.tsx'
import { toNewCheckoutLink } from '../resources/products/product-menu.tsx'

export function ProductPage(): ReactNode {
  const { id = '' } = useParams()
  const { products: words, checkoutLinks } = useMessages()
  const query = useProduct(id)
  const product = query.data
  return (
    <ItemPage
      title={product?.name ?? words.columns.product}
      thing={words.one}
      list={{ path: '/dashboard/products', thing: words.thing }}
      polarPath={`/products/${id}`}
      query={query}
      actions={
        product !== undefined &&
        !product.is_archived && (
          <Link className="pc-button pc-button--primary" to={toNewCheckoutLink(product.id)}>
            {checkoutLinks.create}
          </Link>
        )
      }
    >
      {(each) => <ProductFacts product={each} />}
    </ItemPage>
  )
}

function ProductFacts({ product }: { readonly product: models.Product }): ReactNode {
  const messages = useMessages()
  const locale = useLocale()
  const { products: words, things } = messages
  return (
    <dl className="pc-card pc-facts">
      <Fact name={words.columns.price}>
        {describePrice(product, messages, locale) ?? <NotProvided />}
      </Fact>
      <Fact name={words.columns.type}>{describeType(product, messages)}</Fact>
      <Fact name={words.columns.status}>
        <ProductStatus product={product} />
      </Fact>
      <Fact name={words.description}>
        {product.description ? (
          <bdi className="pc-prose">{product.description}</bdi>
        ) : (
          <NotProvided />
        )}
      </Fact>
      {product.benefits.length > 0 && (
        <Fact name={words.benefits}>
          <ul>
            {product.benefits.map(({ id, description }) => (
              <li key={id}>
                <bdi>{description}</bdi>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name={words.columns.created}>
        <Time iso={product.created_at} withTime />
      </Fact>
      <Fact name={words.id}>
        <span className="pc-copied">
          <code>{product.id}</code>
          <CopyButton thing={things.productId} value={product.id} />
        </span>
      </Fact>
    </dl>
  )
}
