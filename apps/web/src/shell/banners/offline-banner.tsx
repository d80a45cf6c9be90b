/** No network: since when, and what happens when it is back. */
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useNetwork, useOffline } from '../../data/use-network.ts'
import { useSession } from '../../data/use-session.ts'
import { formatClock } from '../../format/dates.ts'
import type { Messages } from '../../messages/en.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useAnnouncer } from '../../parts/announcer.tsx'
import { Status } from './banner.tsx'

interface OfflineBannerProps {
  readonly words: Pick<Messages['banners'], 'offline'>
}

export function OfflineBanner({ words }: OfflineBannerProps): ReactNode {
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
  return <Status text={words.offline(formatClock(since, locale))} />
}

/**
 * Whether there is no network. Says `back` when it is there again, and calls `onReturn`. Outside the
 * banner, which is gone by then.
 */
export function useOfflineUntil(back: string, onReturn?: () => void): boolean {
  const offline = useOffline()
  const { say } = useAnnouncer()
  const before = useRef(offline)
  const tell = useEffectEvent(() => {
    say(back)
    onReturn?.()
  })
  useEffect(() => {
    if (before.current && !offline) tell()
    before.current = offline
  }, [offline])
  return offline
}
