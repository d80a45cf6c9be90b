/** A new checkout link. Once the address names it, the link that was made. */
import { useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { LinkForm } from './checkout-links/link-form.tsx'
import { LinkReady } from './checkout-links/link-ready.tsx'

export function NewCheckoutLinkPage(): ReactNode {
  const { pages } = useMessages()
  const { connection } = useConnection()
  const [address] = useSearchParams()
  const created = address.get('created')
  if (connection === undefined) return null
  if (created !== null) return <LinkReady id={created} />
  return (
    <>
      <PageHeading title={pages.newCheckoutLink} />
      <LinkForm connection={connection} product={address.get('product') ?? undefined} />
    </>
  )
}
