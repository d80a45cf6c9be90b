/** A product with its price, with all members of Polar's API. */
import type { Price, Product } from './models.ts'

export interface ProductPlan {
  readonly name: string
  /** In the currency's smallest unit. `custom`: the buyer chooses. */
  readonly amount: number | 'custom'
  readonly every?: 'day' | 'week' | 'month' | 'year'
  readonly ageDays: number
  readonly archived?: boolean
}

export function createProduct(
  plan: ProductPlan & {
    readonly id: string
    readonly priceId: string
    readonly organizationId: string
    readonly currency: string
    readonly createdAt: string
  },
): Product {
  const { id, name, amount, every, createdAt, organizationId } = plan
  const details = {
    created_at: createdAt,
    modified_at: null,
    id: plan.priceId,
    source: 'catalog',
    price_currency: plan.currency,
    tax_behavior: null,
    is_archived: false,
    product_id: id,
  } as const
  const price: Price =
    amount === 'custom'
      ? { ...details, amount_type: 'custom', ...CHOSEN_BY_THE_BUYER }
      : { ...details, amount_type: 'fixed', price_amount: amount }
  return {
    id,
    created_at: createdAt,
    modified_at: null,
    trial_interval: null,
    trial_interval_count: null,
    name,
    description: `${name}.`,
    visibility: 'public',
    recurring_interval: every ?? null,
    recurring_interval_count: every ? 1 : null,
    meter_interval: null,
    meter_interval_count: null,
    is_recurring: every !== undefined,
    is_archived: plan.archived ?? false,
    organization_id: organizationId,
    metadata: {},
    is_deletable: false,
    prices: [price],
    benefits: [],
    medias: [],
    attached_custom_fields: [],
  }
}

const CHOSEN_BY_THE_BUYER = { minimum_amount: 100, maximum_amount: null, preset_amount: 500 }

export interface SoldPrice {
  readonly priceId: string
  /** Null if the buyer chooses. */
  readonly amount: number | null
  readonly currency: string
}

/** The current price of a product. */
export function soldPrice({ prices: [price], id }: Product): SoldPrice {
  if (price === undefined) throw new TypeError(`product ${id} has no price`)
  return {
    priceId: price.id,
    amount: price.amount_type === 'fixed' ? price.price_amount : null,
    currency: price.price_currency,
  }
}
