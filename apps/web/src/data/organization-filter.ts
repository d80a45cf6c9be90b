/** Narrows a list to the connected organization; a user's own connection sees all of theirs. */
import { useConnection } from '@polar-connect/react'

export function useOrganizationFilter(): { readonly organization_id?: string } {
  const { connection } = useConnection()
  const subject = connection?.subject
  return subject?.type === 'organization' ? { organization_id: subject.id } : {}
}
