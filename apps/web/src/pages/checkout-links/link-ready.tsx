/** The result of the form: the link, and what to do with it. */
import type { ReactNode } from 'react'
import { useSession } from '../../data/use-session.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Link } from '../../parts/link.tsx'
import { PageHeading } from '../../parts/page-heading.tsx'
import { checkoutLinks } from '../../resources/checkout-links.tsx'
import { useRecord } from '../../resources/use-resource.ts'
import { QuerySection } from '../../states/query-section.tsx'
import { LinkAddress } from './link-address.tsx'

export function LinkReady({ id }: { readonly id: string }): ReactNode {
  const { checkoutLinks: words, backTo } = useMessages()
  const { server } = useSession()
  const query = useRecord(checkoutLinks, id)
  return (
    <div className="pc-card pc-ready">
      <PageHeading title={words.ready}>
        <p>{words.readyText}</p>
      </PageHeading>
      <QuerySection query={query} thing={words.one} rows={2}>
        {({ url }) => (
          <div className="pc-form">
            <LinkAddress url={url} />
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
