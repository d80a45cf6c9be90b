/** Narrows a list to the connected organization, or to the one that the person chose. */
import { useConnection } from '@polar-connect/react'
import { useOrganizations } from './organizations.tsx'

export function useOrganizationFilter(): { readonly organization_id?: string } {
  const { connection } = useConnection()
  const { chosen } = useOrganizations()
  const subject = connection?.subject
  const id = subject?.type === 'organization' ? subject.id : chosen?.id
  return id === undefined ? {} : { organization_id: id }
}
