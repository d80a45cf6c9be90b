/** The time by the server's clock, as state that changes. */
import { useEffect, useState } from 'react'
import { useSession } from '../data/use-session.ts'

/** Milliseconds since the epoch, a new value every `everyMs`. */
export function useServerNow(everyMs: number): number {
  const { serverNow } = useSession()
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, serverNow])
  return now
}
