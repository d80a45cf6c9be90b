/** Orders. Reading takes `orders:read`: the permission to write does not open them. */
import type { Hono } from 'hono'
import * as v from 'valibot'
import type { ApiObject, Dataset } from '../dataset.ts'
import type { EmulatorEnv } from '../environment.ts'
import { oneId, oneWord, since, until } from './list.ts'
import { presentOrder } from './present.ts'
import { wordForm } from './query-form.ts'
import { given, mountResource, ofOrganizations, type ApiOptions } from './resource.ts'

const ORDER_STATUSES = ['draft', 'pending', 'paid', 'refunded', 'partially_refunded', 'void']

const orderUpdate = v.object({
  billing_name: v.optional(v.nullable(v.string())),
  billing_address: v.optional(v.nullable(v.looseObject({ country: v.string() }))),
})

export function mountOrders(app: Hono<EmulatorEnv>, polar: ApiOptions): void {
  const named = (items: keyof Dataset, id: string, member: string) => (order: ApiObject) =>
    (polar.dataset()[items] as ApiObject[]).find((entry) => entry.id === order[id])?.[member]
  mountResource(app, polar, {
    name: 'orders',
    reads: ['orders:read'],
    items: ofOrganizations('orders'),
    present: presentOrder,
    rules: {
      sortable: {
        created_at: true,
        status: true,
        invoice_number: true,
        amount: (order) => order['total_amount'],
        net_amount: true,
        customer: named('customers', 'customer_id', 'name'),
        product: named('products', 'product_id', 'name'),
        discount: named('discounts', 'discount_id', 'name'),
        subscription: (order) => order['subscription_id'],
      },
      defaultSorting: '-created_at',
      filters: {
        organization_id: oneId('organization_id'),
        product_id: oneId('product_id'),
        product_billing_type: {
          form: wordForm(['one_time', 'recurring']),
          keeps: (order, values) =>
            values.includes(order['billing_reason'] === 'purchase' ? 'one_time' : 'recurring'),
        },
        discount_id: oneId('discount_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: {
          keeps: (order, values) =>
            values.includes(String(named('customers', 'customer_id', 'external_id')(order))),
        },
        checkout_id: oneId('checkout_id'),
        subscription_id: oneId('subscription_id'),
        status: oneWord('status', ORDER_STATUSES),
        created_after: since('created_at'),
        created_before: until('created_at'),
      },
    },
  }).update({ scope: 'orders:write', area: 'sales', body: orderUpdate }, (_order, body) =>
    given(body),
  )
}
