/** Refunds, read only. */
import type { Refund } from '../objects/models.ts'
import { flagged, members, oneId, oneText } from './list.ts'
import type { Operations } from './operations.ts'
import { mountList, ofOrganizations, type ApiOptions } from './resource.ts'

export function mountRefunds(api: Operations, polar: ApiOptions): void {
  const customerOf = (id: string) => polar.dataset().customers.find((entry) => entry.id === id)
  mountList<Refund>(api, polar, {
    name: 'refunds',
    component: 'Refund',
    reads: ['refunds:read', 'refunds:write'],
    items: ofOrganizations('refunds'),
    present: (refund) => refund,
    rules: {
      sortable: members('created_at', 'amount'),
      defaultSorting: '-created_at',
      filters: {
        id: oneId('id'),
        organization_id: oneId('organization_id'),
        order_id: oneId('order_id'),
        subscription_id: oneId('subscription_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: oneText(({ customer_id: id }) => customerOf(id)?.external_id),
        succeeded: flagged(({ status }) => status === 'succeeded'),
      },
    },
  })
}
