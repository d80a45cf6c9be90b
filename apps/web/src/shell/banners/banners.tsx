/** Messages about the whole page, above it: at most two lines, the most severe first. */
import { ConnectButton, useConnection } from '@polar-connect/react'
import { useCallback, type ReactNode, type RefCallback } from 'react'
import { useStepUpReturn } from '../../data/step-ups.ts'
import { organizationName, subjectName } from '../../data/subject-name.ts'
import { useSession } from '../../data/use-session.ts'
import type { Messages } from '../../messages/en.ts'
import { useFrontMessages } from '../../messages/use-front-messages.ts'
import { useLeave } from '../../parts/leave.tsx'
import { ActionButton, ErrorState } from '../../states/error-state.tsx'
import { Alert } from './banner.tsx'
import { decideBanners, type Banner } from './decide-banners.ts'
import { OfflineBanner, useOfflineUntil } from './offline-banner.tsx'

interface BannersProps {
  readonly words: Messages['banners']
  /** The network is back. */
  readonly onReturn?: () => void
  /** Banners about the data on the page. */
  readonly ofData?: Partial<Record<'rate_limited' | 'clock' | 'permissions', ReactNode>>
}

/** Without React Query: the front pages have them too. */
export function Banners({ words, onReturn, ofData = {} }: BannersProps): ReactNode {
  const { app, reconnect, reloadPage, connect, yourOrganizations } = useFrontMessages()
  const { connection, stepUp } = useConnection()
  const { state } = useSession()
  const { failure, leaving } = useLeave()
  const offline = useOfflineUntil(words.backOnline, onReturn)
  const ended = state.status === 'ended'
  const denied = useStepUpReturn()?.failure === 'denied'
  const org = organizationName(connection, yourOrganizations)
  const shelf = useShelf()

  const { rate_limited, clock, permissions } = ofData
  const shown = decideBanners({
    leave_failed: failure !== undefined,
    denied: ended && denied,
    ended: ended && !denied,
    elsewhere: state.status === 'disconnected' && state.elsewhere && !leaving,
    replaced: state.status === 'connected' && state.replaced,
    offline,
    rate_limited: rate_limited !== undefined,
    clock: clock !== undefined,
    permissions: permissions !== undefined,
  })
  const drawn: Readonly<Record<Banner, ReactNode>> = {
    leave_failed: <ErrorState alert error={failure} />,
    denied: (
      <Alert text={words.denied(app, org)}>
        <ActionButton onClick={() => stepUp([])}>{reconnect}</ActionButton>
      </Alert>
    ),
    ended: (
      <Alert text={words.ended(app, org)}>
        <ActionButton onClick={() => stepUp([])}>{reconnect}</ActionButton>
      </Alert>
    ),
    elsewhere: (
      <Alert text={words.elsewhere}>
        <ConnectButton className="pc-button">{connect}</ConnectButton>
      </Alert>
    ),
    replaced: (
      <Alert text={words.replaced(connection ? subjectName(connection) : '')}>
        <ActionButton onClick={() => location.reload()}>{reloadPage}</ActionButton>
      </Alert>
    ),
    offline: <OfflineBanner words={words} />,
    rate_limited,
    clock,
    permissions,
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
