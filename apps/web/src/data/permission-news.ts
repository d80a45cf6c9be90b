/** Permissions that the app has begun to ask for since the person connected it. */
import { hasScope } from '@polar-connect/protocol'
import { useConnection } from '@polar-connect/react'
import { useDismissal } from './dismissals.ts'
import { useSession } from './use-session.ts'

export interface PermissionNews {
  readonly scopes: readonly string[]
  readonly dismiss: () => void
}

/** Nothing that the person was asked for before: they left it out on purpose. */
export function usePermissionNews(): PermissionNews {
  const { status, connection } = useConnection()
  const { asks } = useSession()
  const known = [...(connection?.requested_scopes ?? []), ...(connection?.scopes ?? [])]
  const scopes =
    status === 'connected' ? asks.scopes.filter((scope) => !hasScope(known, scope)) : []
  const { dismissed, dismiss } = useDismissal('permissions', scopes.join(' '))
  return { scopes: dismissed ? [] : scopes, dismiss }
}
