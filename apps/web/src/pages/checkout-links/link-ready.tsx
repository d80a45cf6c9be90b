/** What came of the form: the link, and what to do with it. */
import { useId, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useExpectOrders } from '../../data/use-checkout-links.ts'
import { useSession } from '../../data/use-session.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ExternalLink } from '../../parts/external-link.tsx'
import { PageHeading } from '../../parts/page-heading.tsx'
import { checkoutLinks } from '../../resources/checkout-links.tsx'
import { useRecord } from '../../resources/use-resource.ts'
import { QuerySection } from '../../states/query-section.tsx'

export function LinkReady({ id }: { readonly id: string }): ReactNode {
  const { checkoutLinks: words, backTo } = useMessages()
  const { server } = useSession()
  const query = useRecord(checkoutLinks, id)
  const expectOrders = useExpectOrders()
  const field = useId()
  return (
    <div className="pc-card pc-ready">
      <PageHeading title={words.ready}>
        <p>{words.readyText}</p>
      </PageHeading>
      <QuerySection query={query} thing={words.one} rows={2}>
        {({ url }) => (
          <div className="pc-form">
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
            {server?.name === 'emulator' && <p className="pc-muted pc-small">{words.tryIt}</p>}
          </div>
        )}
      </QuerySection>
      <div className="pc-actions">
        <Link className="pc-button" to="/dashboard/checkout-links/new">
          {words.another}
        </Link>
        <Link className="pc-button" to="/dashboard/checkout-links">
          {backTo(words.thing)}
        </Link>
      </div>
    </div>
  )
}
