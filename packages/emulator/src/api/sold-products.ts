/** Which products a checkout or a checkout link sells. */
import * as v from 'valibot'
import type { Caller, Dataset } from '../objects/dataset.ts'
import type { Product } from '../objects/models.ts'
import { visible } from './access.ts'
import { refused } from '../http/respond.ts'

/** The three ways to name the products. The last two are deprecated but still work. */
export const byProducts = {
  products: v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.minLength(1)),
}
export const byProduct = { product_id: v.pipe(v.string(), v.uuid()) }
export const byPrice = { product_price_id: v.pipe(v.string(), v.uuid()) }

export type Selection =
  | { readonly products: readonly string[] }
  | { readonly product_id: string }
  | { readonly product_price_id: string }

/** @throws ApiRefusal for the first product that is unknown, inaccessible or archived. */
export function chooseProducts(
  dataset: Dataset,
  caller: Caller,
  selection: Selection,
): [Product, ...Product[]] {
  const known = visible(dataset, caller, dataset.products)
  const sold = (product: Product | undefined, loc: (string | number)[], id: string) => {
    if (product === undefined) throw refused(loc, 'Product does not exist.', id)
    if (product.is_archived) throw refused(loc, 'Product is archived.', id)
    return product
  }
  const byId = (id: string) => known.find((product) => product.id === id)
  if ('product_id' in selection) {
    const { product_id: id } = selection
    return [sold(byId(id), ['body', 'product_id'], id)]
  }
  if ('product_price_id' in selection) {
    const { product_price_id: wanted } = selection
    const product = known.find(({ prices }) => prices.some(({ id }) => id === wanted))
    return [sold(product, ['body', 'product_price_id'], wanted)]
  }
  const [first, ...others] = selection.products.map((id, index) =>
    sold(byId(id), ['body', 'products', index], id),
  )
  if (first === undefined) throw refused(['body', 'products'], 'Product does not exist.')
  return [first, ...others]
}
