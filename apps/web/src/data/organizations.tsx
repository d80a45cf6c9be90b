/**
 * The organizations of a person who connected all of them, and the one that the pages show. The
 * address names it by its slug, `?org=nord-studio`. A link without one keeps it.
 */
import { toApiError, type Connect } from '@polar-connect/browser'
import { pathOf } from '@polar-connect/protocol'
import { useConnect, useConnection, useScope } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import type { models } from '@polar-sh/sdk/2026-10'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'

export interface Organizations {
  /** Undefined if one organization is connected, or if its names are hidden or not loaded. */
  readonly all: readonly models.Organization[] | undefined
  readonly chosen: models.Organization | undefined
  /** Whether the address names one that is not loaded yet. */
  readonly pending: boolean
  /** Undefined if all of them are shown. */
  readonly choose: (slug: string | undefined) => void
}

const OrganizationsContext = createContext<Organizations>({
  all: undefined,
  chosen: undefined,
  pending: false,
  choose: () => undefined,
})

export function useOrganizations(): Organizations {
  return useContext(OrganizationsContext)
}

/** Without the SDK: this loads before the pages, and the SDK loads with them. */
async function fetchOrganizations(
  connect: Pick<Connect, 'basePath' | 'fetch'>,
): Promise<models.ListResourceOrganization> {
  const path = `${pathOf('api', connect.basePath)}/v1/organizations/?limit=100&sorting=name`
  const response = await connect.fetch(path)
  if (!response.ok) throw await toApiError(response)
  return (await response.json()) as models.ListResourceOrganization
}

const PARAMETER = 'org'
const STALE_MS = 300_000

export function OrganizationsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const connect = useConnect()
  const { connection } = useConnection()
  const navigate = useNavigate()
  const { pathname, search, hash, state } = useLocation()
  const isPerson = connection?.subject.type === 'user'
  const enabled = useScope('organizations:read') && isPerson
  const { data, isPending } = useQuery({
    queryKey: ['organizations', connection?.id],
    queryFn: () => fetchOrganizations(connect),
    enabled,
    staleTime: STALE_MS,
    meta: { reference: true },
  })
  const inside = pathname.startsWith('/dashboard')
  const named = inside ? new URLSearchParams(search).get(PARAMETER) : null
  const [kept, setKept] = useState(named ?? undefined)
  const [seen, setSeen] = useState(named)
  // Follows the address as it changes: what was just chosen is not in it yet.
  if (named !== seen) {
    setSeen(named)
    if (named !== null) setKept(named)
  }
  const all = enabled ? data?.items : undefined
  const chosen = all?.find(({ slug }) => slug === kept)

  // A link within the app need not name it.
  const lacks = inside && chosen !== undefined && named === null
  useEffect(() => {
    if (lacks && chosen !== undefined) {
      void navigate(addressWith(pathname, search, hash, chosen.slug), { replace: true, state })
    }
  }, [lacks, chosen, navigate, pathname, search, hash, state])

  const value = useMemo(
    () => ({
      all,
      chosen,
      pending: enabled && isPending && kept !== undefined,
      choose(slug: string | undefined) {
        setKept(slug)
        // Another one has other pages.
        const parameters = new URLSearchParams(search)
        parameters.delete('page')
        void navigate(addressWith(pathname, `${parameters}`, hash, slug), { replace: true, state })
      },
    }),
    [all, chosen, enabled, isPending, kept, search, navigate, pathname, hash, state],
  )
  return <OrganizationsContext value={value}>{children}</OrganizationsContext>
}

function addressWith(
  pathname: string,
  search: string,
  hash: string,
  slug: string | undefined,
): { pathname: string; search: string; hash: string } {
  const parameters = new URLSearchParams(search)
  if (slug === undefined) parameters.delete(PARAMETER)
  else parameters.set(PARAMETER, slug)
  return { pathname, search: `${parameters}`, hash }
}
