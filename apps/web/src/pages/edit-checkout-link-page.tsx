/** A checkout link that exists: its address, and a form with its values. */
import { useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { checkoutLinks } from '../resources/checkout-links.tsx'
import { useRecord } from '../resources/use-resource.ts'
import { QuerySection } from '../states/query-section.tsx'
import { LinkAddress } from './checkout-links/link-address.tsx'
import { LinkForm } from './checkout-links/link-form.tsx'

export function EditCheckoutLinkPage(): ReactNode {
  const { pages, checkoutLinks: words, backTo } = useMessages()
  const { connection } = useConnection()
  const { id = '' } = useParams()
  const query = useRecord(checkoutLinks, id)
  if (connection === undefined) return null
  const back = { to: '/dashboard/checkout-links', name: backTo(words.thing) }
  return (
    <>
      <PageHeading title={pages.editCheckoutLink} />
      <QuerySection query={query} thing={words.one} rows={6} back={back}>
        {(link) => (
          <div className="pc-item">
            <LinkAddress url={link.url} />
            <LinkForm key={link.id} connection={connection} link={link} />
          </div>
        )}
      </QuerySection>
    </>
  )
}
