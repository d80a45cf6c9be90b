/** Where the person finds the same thing at Polar. */
import { useConnection } from '@polar-connect/react'
import { useOrganizations } from './organizations.tsx'
import { useSession } from './use-session.ts'

/**
 * @param path below the organization: `/products/<id>`.
 * @param organizationId its owner, if known.
 * @returns undefined if its organization has no known name: the page of another one lacks it.
 */
export function usePolarDashboard(path = '', organizationId?: string): string | undefined {
  const { connection } = useConnection()
  const { server } = useSession()
  const { all, chosen } = useOrganizations()
  if (server === undefined) return undefined
  const subject = connection?.subject
  const own = all?.find(({ id }) => id === organizationId) ?? chosen
  const slug = subject?.type === 'organization' ? subject.slug : own?.slug
  if (slug !== undefined) return `${server.origin}/dashboard/${slug}${path}`
  return organizationId === undefined ? `${server.origin}/dashboard` : undefined
}
