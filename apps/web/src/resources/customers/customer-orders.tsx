/** What one customer bought last. It loads and fails apart from their facts. */
import { useScope } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { EmptyState } from '../../states/empty-state.tsx'
import { orders } from '../orders.tsx'
import { RecordsSection } from '../records-section.tsx'

const SHOWN = 10

export function CustomerOrders({ id }: { readonly id: string }): ReactNode {
  const { customers: words } = useMessages()
  if (!useScope('orders:read')) return null
  return (
    <RecordsSection
      title={words.orders}
      label={words.ordersTable}
      resource={orders}
      limit={SHOWN}
      customerId={id}
      without="customer"
      empty={<EmptyState title={words.noOrders} text={words.noOrdersText} />}
    />
  )
}
