/** The status of an order, in a word. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { wordFor } from '../../format/words.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Badge, type Tone } from '../../parts/badge.tsx'

const TONES: Readonly<Record<string, Tone>> = {
  paid: 'success',
  pending: 'warning',
  partially_refunded: 'warning',
} satisfies Partial<Record<models.OrderStatus, Tone>>

export function OrderStatus({ status }: { readonly status: string }): ReactNode {
  const { statuses } = useMessages().orders
  return <Badge tone={TONES[status] ?? 'neutral'}>{wordFor(statuses, status)}</Badge>
}
