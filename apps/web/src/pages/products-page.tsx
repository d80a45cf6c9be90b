/** All products; the address says which. */
import type { ReactNode } from 'react'
import { useListAddress } from '../data/list-address.ts'
import { PRODUCT_RULES, useProducts } from '../data/use-products.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ListPage } from '../resources/list-screen.tsx'
import { SelectFilter } from '../parts/select-filter.tsx'
import { CreateProduct } from '../resources/products/create-product.tsx'
import { useProductColumns } from '../resources/products.tsx'

export function ProductsPage(): ReactNode {
  const { products: words } = useMessages()
  const address = useListAddress(PRODUCT_RULES)
  const { type = '', archived } = address.query.filters
  return (
    <ListPage
      list="products"
      address={address}
      query={useProducts(address.query)}
      columns={useProductColumns()}
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
      begin={<CreateProduct />}
    />
  )
}
