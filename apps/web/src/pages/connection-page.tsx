/** The connection: what it may do, and how to change or end it. */
import { useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useSession } from '../data/use-session.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { AddPermissions } from './connection/add-permissions.tsx'
import { ConnectionStatus } from './connection/connection-status.tsx'
import { Leaving } from './connection/leaving.tsx'
import { OrganizationChange } from './connection/organization-change.tsx'
import { Permissions } from './connection/permissions.tsx'

export function ConnectionPage(): ReactNode {
  const { connection: words } = useMessages()
  const { connection } = useConnection()
  const { server } = useSession()
  if (connection === undefined || server === undefined) return null
  return (
    <>
      <PageHeading title={words.title} />
      <ConnectionStatus connection={connection} server={server} />
      <Permissions connection={connection} />
      <AddPermissions connection={connection} />
      <OrganizationChange />
      <Leaving connection={connection} />
    </>
  )
}
