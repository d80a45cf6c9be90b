/** The products that a request names to be sold, by the rules that checkouts and links share. */
import type { ApiObject, Caller, Dataset } from '../objects/dataset.ts'
import { visible } from './access.ts'
import { refused } from './respond.ts'

/** @throws ApiRefusal for the first that is unknown, out of reach or archived. */
export function chooseProducts(
  dataset: Dataset,
  caller: Caller,
  ids: readonly string[],
): [ApiObject, ...ApiObject[]] {
  const known = visible(dataset, caller, dataset.products)
  const [first, ...others] = ids.map((id, index) => {
    const product = known.find((entry) => entry.id === id)
    const loc = ['body', 'products', index]
    if (product === undefined) throw refused(loc, 'Product does not exist.')
    if (product['is_archived'] === true) throw refused(loc, 'Product is archived.')
    return product
  })
  if (first === undefined) throw refused(['body', 'products'], 'Product does not exist.')
  return [first, ...others]
}
