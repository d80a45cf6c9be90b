/** Logging out and disconnecting: one call, and the text of the page after it. */
import { useConnection } from '@polar-connect/react'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { forgetConsentWish, wishForConsent } from '../data/consent-wish.ts'
import { forgetDrafts } from '../data/forget-drafts.ts'
import { forgetSignIn, noteSignIn } from '../data/last-sign-in.ts'
import { organizationName } from '../data/subject-name.ts'
import { useSession } from '../data/use-session.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'

export type Farewell =
  | { readonly kind: 'logged_out' }
  | { readonly kind: 'disconnected'; readonly name: string }
  | { readonly kind: 'unconfirmed' }

interface Leave {
  readonly farewell: Farewell
  /** Under way: the pages do not change until the last one is there. */
  readonly leaving: boolean
  /** Why the last attempt did not reach the server. */
  readonly failure: unknown
  readonly leave: (kind: 'log_out' | 'disconnect') => Promise<void>
}

const LOGGED_OUT = { kind: 'logged_out' } as const

const LeaveContext = createContext<Leave>({
  farewell: LOGGED_OUT,
  leaving: false,
  failure: undefined,
  leave: () => Promise.resolve(),
})

export function useLeave(): Leave {
  return useContext(LeaveContext)
}

export function LeaveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { connection, logout } = useConnection()
  const { yourOrganizations } = useFrontMessages()
  const navigate = useNavigate()
  const [farewell, setFarewell] = useState<Farewell>(LOGGED_OUT)
  const [leaving, setLeaving] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const { state } = useSession()
  const elsewhere = state.status === 'disconnected' && state.elsewhere
  useEffect(() => {
    if (elsewhere) forgetDrafts()
  }, [elsewhere])
  const connectedAt = state.status === 'connected' ? state.connection.connected_at : undefined
  useEffect(() => {
    if (connectedAt === undefined) return
    forgetConsentWish()
    noteSignIn(connectedAt)
  }, [connectedAt])

  const value = useMemo(() => {
    async function leave(kind: 'log_out' | 'disconnect'): Promise<void> {
      const name = organizationName(connection, yourOrganizations)
      setLeaving(true)
      setFailure(undefined)
      try {
        const answer = await logout().catch(setFailure)
        if (!answer) return
        forgetDrafts()
        forgetSignIn()
        if (kind === 'disconnect') wishForConsent()
        const disconnected = answer.revoked ? { kind: 'disconnected' as const, name } : UNCONFIRMED
        setFarewell(kind === 'log_out' ? LOGGED_OUT : disconnected)
        await navigate('/signed-out')
      } finally {
        setLeaving(false)
      }
    }
    return { farewell, leaving, failure, leave }
  }, [connection, logout, navigate, farewell, leaving, failure, yourOrganizations])

  return <LeaveContext value={value}>{children}</LeaveContext>
}

const UNCONFIRMED = { kind: 'unconfirmed' } as const
