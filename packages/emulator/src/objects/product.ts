/** A product with its price, with every member that Polar's API answers. */
import type { ApiObject } from './dataset.ts'

export interface ProductPlan {
  readonly name: string
  /** In the currency's smallest unit; `custom` lets the buyer choose. */
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
): ApiObject {
  const { id, name, amount, every, createdAt, organizationId } = plan
  const price = {
    created_at: createdAt,
    modified_at: null,
    id: plan.priceId,
    source: 'catalog',
    amount_type: amount === 'custom' ? 'custom' : 'fixed',
    price_currency: plan.currency,
    tax_behavior: null,
    is_archived: false,
    product_id: id,
    ...(amount === 'custom'
      ? { minimum_amount: 100, maximum_amount: null, preset_amount: 500 }
      : { price_amount: amount }),
  }
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

export interface SoldPrice {
  readonly priceId: string
  /** Null where the buyer chooses. */
  readonly amount: number | null
  readonly currency: string
}

/** What a product costs today. */
export function soldPrice(product: ApiObject): SoldPrice {
  const [price] = product['prices'] as [ApiObject]
  return {
    priceId: price.id,
    amount: (price['price_amount'] as number | undefined) ?? null,
    currency: String(price['price_currency']),
  }
}
