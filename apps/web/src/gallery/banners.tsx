/** The banners of a page. */
import { ConnectError } from '@polar-connect/browser'
import { DashboardBanners } from '../shell/banners/dashboard-banners.tsx'
import { RateLimited } from '../states/rate-limited.tsx'
import { ignore, stage, type Entry } from './entry.tsx'
import { CONNECTED, DISCONNECTED, ENDED } from './fixtures.ts'

const minutes = (count: number) => count * 60_000
const withNews = {
  ...CONNECTED,
  asks: {
    scopes: ['openid', 'webhooks:read'],
    allowed_scopes: ['webhooks:read'],
    subject: 'organization',
  },
} as const

export const BANNERS: readonly Entry[] = [
  stage('banner-offline', <DashboardBanners />, { offline: true }),
  stage('banner-session-ended', <DashboardBanners />, { state: ENDED }),
  stage('banner-logged-out-elsewhere', <DashboardBanners />, {
    state: { ...DISCONNECTED, elsewhere: true },
  }),
  stage('banner-account-changed', <DashboardBanners />, {
    state: { ...CONNECTED, replaced: true },
  }),
  stage(
    'banner-rate-limited',
    <RateLimited
      error={new ConnectError('polar_rate_limited', { retryAfterSeconds: 600 })}
      at={Date.now()}
      onRetry={ignore}
    />,
  ),
  stage('banner-new-permission', <DashboardBanners />, { state: withNews }),
  stage('banner-clock', <DashboardBanners />, { skewMs: minutes(4) }),
  stage('banner-two-of-three', <DashboardBanners />, {
    state: ENDED,
    offline: true,
    skewMs: minutes(4),
  }),
]
