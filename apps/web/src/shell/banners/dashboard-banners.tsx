/** The banners of the dashboard, also those about the data on its pages. */
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useClockSkew } from '../../data/clock-skew.ts'
import { usePermissionNews } from '../../data/permission-news.ts'
import { useRateLimit } from '../../data/use-rate-limit.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { RateLimited } from '../../states/rate-limited.tsx'
import { Banners } from './banners.tsx'
import { ClockBanner } from './clock-banner.tsx'
import { PermissionsBanner } from './permissions-banner.tsx'

export function DashboardBanners(): ReactNode {
  const { banners } = useMessages()
  const client = useQueryClient()
  const limit = useRateLimit()
  const clock = useClockSkew()
  const news = usePermissionNews()
  return (
    <Banners
      words={banners}
      // A query that is loading is not asked again.
      onReturn={() => void client.refetchQueries({ type: 'active' }, { cancelRefetch: false })}
      ofData={{
        ...(limit && {
          rate_limited: (
            <RateLimited key={limit.at} at={limit.at} error={limit.error} onRetry={limit.retry} />
          ),
        }),
        ...(clock.minutes > 0 && { clock: <ClockBanner {...clock} /> }),
        ...(news.scopes.length > 0 && { permissions: <PermissionsBanner {...news} /> }),
      }}
    />
  )
}
