/**
 * A link to an order's invoice. Polar's address for it works for a short time, so the app asks for it
 * at the click, and does not keep it.
 */
import { usePolar } from '@polar-connect/react'
import type { models } from '@polar-sh/sdk/2026-10'
import { useState, type ReactNode } from 'react'
import { useRead } from '../../data/known-error.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ErrorState } from '../../states/error-state.tsx'

export function OrderInvoice({ order }: { readonly order: models.Order }): ReactNode {
  const { orders: words, newTab } = useMessages()
  const polar = usePolar()
  const read = useRead()
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  if (!order.is_invoice_generated) return <p className="pc-muted pc-small">{words.noInvoice}</p>

  async function open(): Promise<void> {
    if (opening) return
    setOpening(true)
    setFailure(undefined)
    // At the click itself: blockers stop a tab that opens after an answer.
    const tab = window.open('', '_blank')
    if (tab !== null) tab.opener = null
    try {
      const { url } = await read(() => polar.orders.invoice(order.id))
      const { protocol, href } = new URL(url)
      if (!/^https?:$/.test(protocol)) throw new TypeError('an invoice is a page of the web')
      if (tab === null) window.open(href, '_blank', 'noopener')
      else tab.location.replace(href)
    } catch (error) {
      tab?.close()
      setFailure(error)
    } finally {
      setOpening(false)
    }
  }

  return (
    <div className="pc-invoice">
      <button
        type="button"
        className="pc-button"
        aria-disabled={opening}
        onClick={() => void open()}
      >
        <span>{words.openInvoice}</span> <span className="pc-visually-hidden">{newTab}</span>
      </button>
      {failure !== undefined && (
        <ErrorState alert error={failure} thing={words.invoice} onRetry={() => void open()} />
      )}
    </div>
  )
}
