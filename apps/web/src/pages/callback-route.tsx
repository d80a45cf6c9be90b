/** The return from Polar, in the app's frame. */
import type { ConnectError, ConnectRequest } from '@polar-connect/browser'
import { hasScope } from '@polar-connect/protocol'
import { CallbackPage, useConnect, useConnection } from '@polar-connect/react'
import { useEffect, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { forgetLeaving } from '../data/left-for-polar.ts'
import { isStepUpFailure, noteStepUp } from '../data/step-ups.ts'
import { organizationName } from '../data/subject-name.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { useAnnouncer } from '../parts/announcer.tsx'

/** A sign-in that failed in this tab, and how to try it again. */
export interface Failure {
  readonly error: ConnectError
  readonly retry: ConnectRequest
}

interface CallbackRouteProps {
  readonly onFailed: (failure: Failure) => void
}

export function CallbackRoute({ onFailed }: CallbackRouteProps): ReactNode {
  const { documentTitle, pages, connectedAnnouncement, yourOrganizations } = useFrontMessages()
  const { connection } = useConnection()
  const { getState } = useConnect()
  const { say } = useAnnouncer()
  const navigate = useNavigate()
  useEffect(() => {
    document.title = documentTitle(pages.callback)
    forgetLeaving()
  }, [documentTitle, pages])

  // Only an exchange says so: a page of the dashboard also opens for other reasons.
  function announce(): void {
    const state = getState()
    if (state.status === 'connected')
      say(connectedAnnouncement(organizationName(state.connection, yourOrganizations)))
  }

  function tell(error: ConnectError, retry: ConnectRequest): void {
    onFailed({ error, retry })
    const { returnPath = '/', scopes = [] } = retry
    // Someone who refused one more permission is still on the page where they were.
    const stays = connection !== undefined && returnPath.startsWith('/dashboard')
    if (!stays || !isStepUpFailure(error)) return
    noteStepUp(
      scopes.filter((scope) => !hasScope(connection.scopes, scope)),
      error,
    )
    void navigate(returnPath, { replace: true, state: { stepUp: error.code } })
  }

  return (
    <CallbackPage
      className="pc-card pc-narrow"
      home="/dashboard"
      failed="/connect/failed"
      onConnected={announce}
      onFailed={tell}
    />
  )
}
