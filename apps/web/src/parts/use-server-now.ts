/** The time by the server's clock, as state that moves on. */
import { useConnection } from '@polar-connect/react'
import { useEffect, useState } from 'react'

/** Milliseconds since the epoch, a new value every `everyMs`. */
export function useServerNow(everyMs: number): number {
  const { serverNow } = useConnection()
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, serverNow])
  return now
}
