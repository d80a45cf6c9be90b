/** What concerns the whole page: at most two lines above it, the most severe first. */
import { ConnectButton, useConnection } from '@polar-connect/react'
import { onlineManager } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { subjectName } from '../data/subject-name.ts'
import { useSession } from '../data/use-session.ts'
import { formatClock } from '../format/dates.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import { ActionButton, ErrorState } from '../states/error-state.tsx'
import { useAnnouncer } from './announcer.tsx'
import { useLeave } from './leave.tsx'

export function Banners(): ReactNode {
  const { banners, reconnect, reloadPage, connect } = useMessages()
  const { stepUp } = useConnection()
  const { state } = useSession()
  const { failure, leaving } = useLeave()
  const offline = <OfflineBanner key="offline" />
  if (failure !== undefined) return <ErrorState alert error={failure} />
  if (state.status === 'ended') {
    return (
      <>
        <div className="pc-banner pc-banner--warning" role="alert">
          <p>{banners.ended}</p>
          <ActionButton onClick={() => stepUp([])}>{reconnect}</ActionButton>
        </div>
        {offline}
      </>
    )
  }
  if (state.status === 'disconnected' && state.elsewhere && !leaving) {
    return (
      <>
        <div className="pc-banner pc-banner--warning" role="alert">
          <p>{banners.elsewhere}</p>
          <ConnectButton className="pc-button">{connect}</ConnectButton>
        </div>
        {offline}
      </>
    )
  }
  if (state.status === 'connected' && state.replaced) {
    return (
      <>
        <div className="pc-banner pc-banner--warning" role="alert">
          <p>{banners.replaced(subjectName(state.connection))}</p>
          <ActionButton onClick={() => location.reload()}>{reloadPage}</ActionButton>
        </div>
        {offline}
      </>
    )
  }
  return offline
}

function OfflineBanner(): ReactNode {
  const { banners } = useMessages()
  const { say } = useAnnouncer()
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  )
  const before = useRef(online)
  useEffect(() => {
    if (!before.current && online) say(banners.backOnline)
    before.current = online
  }, [banners, online, say])
  return <div role="status">{!online && <Offline />}</div>
}

function Offline(): ReactNode {
  const { banners } = useMessages()
  const locale = useLocale()
  const [since] = useState(() => Date.now())
  return <p className="pc-banner">{banners.offline(formatClock(since, locale))}</p>
}
