/** Example data for the contract: at least one object of each kind. */
import { createCheckout } from '../objects/checkout.ts'
import type { Caller, Dataset } from '../objects/dataset.ts'
import { createDataset } from '../seed/create-dataset.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z') / 1000

/** A caller with access to every organization. */
export const EVERYBODY: Caller = {
  clientId: '',
  personId: null,
  scopes: new Set(),
  organizationIds: [],
}

let dataset: Dataset | undefined

/** Created once per process, for the first contract. */
export function exampleShop(): Dataset {
  if (dataset !== undefined) return dataset
  dataset = createDataset({ name: 'small', seed: 1, now: NOW })
  const [product] = dataset.products
  if (product === undefined) throw new TypeError('a shop without products')
  dataset.checkouts.push(createCheckout([product], {}, { origin: 'https://polar.test', now: NOW }))
  return dataset
}
