/** The address that buyers open, to copy or to look at. */
import { useId, type ReactNode } from 'react'
import { useExpectOrders } from '../../data/use-checkout-links.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ExternalLink } from '../../parts/external-link.tsx'

export function LinkAddress({ url }: { readonly url: string }): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const expectOrders = useExpectOrders()
  const field = useId()
  return (
    <div className="pc-field">
      <label htmlFor={field}>{words.field}</label>
      <div className="pc-ready__link">
        <input
          id={field}
          className="pc-input"
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton thing={words.link} value={url} />
        <ExternalLink className="pc-button" href={url} onOpen={expectOrders}>
          {words.open}
        </ExternalLink>
      </div>
    </div>
  )
}
