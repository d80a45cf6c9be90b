/** Where the person finds the same thing at Polar. */
import { useConnection } from '@polar-connect/react'
import { useSession } from './use-session.ts'

/** @param path below the organization: `/products/<id>`. */
export function usePolarDashboard(path = ''): string | undefined {
  const { connection } = useConnection()
  const { server } = useSession()
  if (server === undefined) return undefined
  const slug = connection?.subject.type === 'organization' ? connection.subject.slug : undefined
  // Without the organization's name Polar picks one by itself.
  return `${server.origin}/dashboard${slug === undefined ? '' : `/${slug}${path}`}`
}
