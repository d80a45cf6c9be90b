/** The first page after connecting: who is connected, and what they sell. */
import { useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { personName, subjectName } from '../data/subject-name.ts'
import { useLatestProducts } from '../data/use-products.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Avatar } from '../parts/avatar.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { useProductColumns } from './products/product-columns.tsx'
import { ProductsEmpty } from './products/products-empty.tsx'

const SHOWN = 5

export function OverviewPage(): ReactNode {
  const { pages, overview, products, connectedTo } = useMessages()
  const { connection } = useConnection()
  const query = useLatestProducts(SHOWN)
  const columns = useProductColumns()
  if (connection === undefined) return null
  const name = subjectName(connection)
  return (
    <>
      <PageHeading title={pages.overview}>
        <p>
          <bdi>{connectedTo(name)}</bdi>
        </p>
      </PageHeading>
      <section className="pc-card" aria-labelledby="who">
        <div className="pc-section-head">
          <h2 id="who">{overview.who}</h2>
          <Link to="/dashboard/connection">{overview.manage}</Link>
        </div>
        <div className="pc-who">
          <Avatar name={name} />
          <div>
            <p>
              <strong>
                <bdi>{name}</bdi>
              </strong>
            </p>
            <p className="pc-muted pc-small">
              {connection.subject.type === 'organization'
                ? overview.allowedBy(personName(connection))
                : connection.user.email}
            </p>
          </div>
        </div>
      </section>
      <section className="pc-section" aria-labelledby="products">
        <div className="pc-section-head">
          <h2 id="products">{pages.products}</h2>
          <Link to="/dashboard/products">{overview.all}</Link>
        </div>
        <QuerySection query={query} thing={products.thing} rows={SHOWN + 1}>
          {({ items }) =>
            items.length === 0 ? (
              <ProductsEmpty />
            ) : (
              <DataTable
                label={products.table}
                caption={pages.products}
                columns={columns}
                rows={items}
              />
            )
          }
        </QuerySection>
      </section>
    </>
  )
}
