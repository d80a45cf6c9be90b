/** Refunds, to read: who gave what back, and why. */
import { oneId, oneText, flagged } from './list.ts'
import type { Operations } from './operations.ts'
import { mountList, ofOrganizations, type ApiOptions } from './resource.ts'

export function mountRefunds(api: Operations, polar: ApiOptions): void {
  const customerOf = (id: unknown) => polar.dataset().customers.find((entry) => entry.id === id)
  mountList(api, polar, {
    name: 'refunds',
    component: 'Refund',
    reads: ['refunds:read', 'refunds:write'],
    items: ofOrganizations('refunds'),
    rules: {
      sortable: { created_at: true, amount: true },
      defaultSorting: '-created_at',
      filters: {
        id: oneId('id'),
        organization_id: oneId('organization_id'),
        order_id: oneId('order_id'),
        subscription_id: oneId('subscription_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: oneText(
          (refund) => customerOf(refund['customer_id'])?.['external_id'],
        ),
        succeeded: flagged((refund) => refund['status'] === 'succeeded'),
      },
    },
  })
}
