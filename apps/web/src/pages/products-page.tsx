/** All products; the address says which. */
import type { ReactNode } from 'react'
import { useListAddress } from '../data/list-address.ts'
import { PRODUCT_RULES, useProducts } from '../data/use-products.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../parts/list-page.tsx'
import { SelectFilter } from '../parts/select-filter.tsx'
import { useProductColumns } from './products/product-columns.tsx'
import { ProductsEmpty } from './products/products-empty.tsx'

export function ProductsPage(): ReactNode {
  const { pages, products: words } = useMessages()
  const address = useListAddress(PRODUCT_RULES)
  const query = useProducts(address.query)
  const columns = useProductColumns()
  const { type = '', archived } = address.query.filters
  return (
    <ListPage
      title={pages.products}
      words={words}
      address={address}
      query={query}
      columns={columns}
      searchHint={words.searchHint}
      filters={
        <>
          <SelectFilter
            label={words.columns.type}
            value={type}
            options={[
              { value: 'one_time', name: words.oneTime },
              { value: 'recurring', name: words.recurring },
            ]}
            onChange={(value) => address.change({ filters: { type: value } })}
          />
          <label className="pc-check">
            <input
              type="checkbox"
              checked={archived !== undefined}
              onChange={({ target }) =>
                address.change({ filters: { archived: target.checked ? '1' : '' } })
              }
            />
            {words.showArchived}
          </label>
        </>
      }
      empty={<ProductsEmpty />}
    />
  )
}
