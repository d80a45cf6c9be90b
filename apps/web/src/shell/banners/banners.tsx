/** Messages about the whole page, above it: at most two lines, the most severe first. */
import { ConnectButton, useConnection } from '@polar-connect/react'
import { useCallback, type ReactNode, type RefCallback } from 'react'
import { useClockSkew } from '../../data/clock-skew.ts'
import { usePermissionNews } from '../../data/permission-news.ts'
import { useStepUpReturn } from '../../data/step-ups.ts'
import { organizationName, subjectName } from '../../data/subject-name.ts'
import { useOffline } from '../../data/use-network.ts'
import { useRateLimit } from '../../data/use-rate-limit.ts'
import { useSession } from '../../data/use-session.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { ActionButton, ErrorState } from '../../states/error-state.tsx'
import { RateLimited } from '../../states/rate-limited.tsx'
import { useLeave } from '../leave.tsx'
import { Alert } from './banner.tsx'
import { ClockBanner } from './clock-banner.tsx'
import { decideBanners, type Banner } from './decide-banners.ts'
import { OfflineBanner, useReturn } from './offline-banner.tsx'
import { PermissionsBanner } from './permissions-banner.tsx'

export function Banners(): ReactNode {
  const { app, banners, reconnect, reloadPage, connect, yourOrganizations } = useMessages()
  const { connection, stepUp } = useConnection()
  const { state } = useSession()
  const { failure, leaving } = useLeave()
  const offline = useOffline()
  const limit = useRateLimit()
  const clock = useClockSkew()
  const news = usePermissionNews()
  useReturn(offline)
  const ended = state.status === 'ended'
  const denied = useStepUpReturn()?.failure === 'denied'
  const org = organizationName(connection, yourOrganizations)
  const shelf = useShelf()

  const shown = decideBanners({
    leave_failed: failure !== undefined,
    denied: ended && denied,
    ended: ended && !denied,
    elsewhere: state.status === 'disconnected' && state.elsewhere && !leaving,
    replaced: state.status === 'connected' && state.replaced,
    offline,
    rate_limited: limit !== undefined,
    clock: clock.minutes > 0,
    permissions: news.scopes.length > 0,
  })
  const drawn: Readonly<Record<Banner, ReactNode>> = {
    leave_failed: <ErrorState alert error={failure} />,
    denied: (
      <Alert text={banners.denied(app, org)}>
        <ActionButton onClick={() => stepUp([])}>{reconnect}</ActionButton>
      </Alert>
    ),
    ended: (
      <Alert text={banners.ended(app, org)}>
        <ActionButton onClick={() => stepUp([])}>{reconnect}</ActionButton>
      </Alert>
    ),
    elsewhere: (
      <Alert text={banners.elsewhere}>
        <ConnectButton className="pc-button">{connect}</ConnectButton>
      </Alert>
    ),
    replaced: (
      <Alert text={banners.replaced(connection ? subjectName(connection) : '')}>
        <ActionButton onClick={() => location.reload()}>{reloadPage}</ActionButton>
      </Alert>
    ),
    offline: <OfflineBanner />,
    rate_limited: limit && <RateLimited key={limit.at} error={limit.error} onRetry={limit.retry} />,
    clock: <ClockBanner {...clock} />,
    permissions: <PermissionsBanner {...news} />,
  }
  const those = (statuses: boolean) =>
    shown.map(
      (banner) => STATUSES.has(banner) === statuses && <div key={banner}>{drawn[banner]}</div>,
    )
  return (
    <div className="pc-banners pc-banners--shelf" ref={shelf}>
      {those(false)}
      <div className="pc-banners" role="status">
        {those(true)}
      </div>
    </div>
  )
}

/** Read out when they appear. Alerts are read out anyway, and a countdown only at times. */
const STATUSES: ReadonlySet<Banner> = new Set(['offline', 'clock', 'permissions'])

/** Sets the height of the banners at the foot of the window, so that they cover nothing. */
function useShelf(): RefCallback<HTMLElement> {
  return useCallback((element: HTMLElement | null) => {
    if (element === null || typeof ResizeObserver === 'undefined') return undefined
    const { style } = document.documentElement
    const observer = new ResizeObserver(() =>
      style.setProperty('--banners', `${element.offsetHeight}px`),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      style.removeProperty('--banners')
    }
  }, [])
}
