/** The banners of a page. */
import { ConnectError } from '@polar-connect/browser'
import { Banners } from '../shell/banners/banners.tsx'
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
  stage('banner-offline', <Banners />, { offline: true }),
  stage('banner-session-ended', <Banners />, { state: ENDED }),
  stage('banner-logged-out-elsewhere', <Banners />, {
    state: { ...DISCONNECTED, elsewhere: true },
  }),
  stage('banner-account-changed', <Banners />, { state: { ...CONNECTED, replaced: true } }),
  stage(
    'banner-rate-limited',
    <RateLimited
      error={new ConnectError('polar_rate_limited', { retryAfterSeconds: 600 })}
      onRetry={ignore}
    />,
  ),
  stage('banner-new-permission', <Banners />, { state: withNews }),
  stage('banner-clock', <Banners />, { skewMs: minutes(4) }),
  stage('banner-two-of-three', <Banners />, { state: ENDED, offline: true, skewMs: minutes(4) }),
]
