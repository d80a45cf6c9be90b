/** No network: since when, and what happens when it is back. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useNetwork } from '../../data/use-network.ts'
import { useSession } from '../../data/use-session.ts'
import { formatClock } from '../../format/dates.ts'
import { useLocale, useMessages } from '../../messages/use-messages.ts'
import { useAnnouncer } from '../announcer.tsx'
import { Status } from './banner.tsx'

export function OfflineBanner(): ReactNode {
  const { banners } = useMessages()
  const locale = useLocale()
  const { answeredAt } = useNetwork()
  const [since] = useState(answeredAt)
  const { check } = useSession()
  useEffect(() => {
    // The browser's guess is a reason to ask; the answer decides.
    const ask = () => void check()
    addEventListener('online', ask)
    return () => removeEventListener('online', ask)
  }, [check])
  return <Status text={banners.offline(formatClock(since, locale))} />
}

/**
 * Says that the network is back, and loads the data on the screen once more. It is outside the
 * banner, which is gone by then.
 */
export function useReturn(offline: boolean): void {
  const { banners } = useMessages()
  const { say } = useAnnouncer()
  const client = useQueryClient()
  const before = useRef(offline)
  useEffect(() => {
    if (before.current && !offline) {
      say(banners.backOnline)
      // A query that is loading is not asked again.
      void client.refetchQueries({ type: 'active' }, { cancelRefetch: false })
    }
    before.current = offline
  }, [banners, client, offline, say])
}
