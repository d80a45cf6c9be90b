/** How far this computer's clock is off, as the server's answers tell. */
import { useState, useSyncExternalStore } from 'react'
import { useConnectClient } from './connect-client.ts'
import { dismiss, isDismissed } from './dismissals.ts'

const MINUTE_MS = 60_000

export interface ClockSkew {
  /** Whole minutes; 0 where it is right, or the person has put it aside. */
  readonly minutes: number
  readonly dismiss: () => void
}

export function useClockSkew(): ClockSkew {
  const { subscribe, serverNow } = useConnectClient()
  const read = () => toMinutes(serverNow() - Date.now())
  const minutes = useSyncExternalStore(subscribe, read, read)
  const [, redraw] = useState(0)
  return {
    minutes: isDismissed('clock', 'off') ? 0 : minutes,
    dismiss() {
      dismiss('clock', 'off')
      redraw((count) => count + 1)
    },
  }
}

/** A minute is nobody's trouble. */
function toMinutes(skewMs: number): number {
  return Math.abs(skewMs) > MINUTE_MS ? Math.round(Math.abs(skewMs) / MINUTE_MS) : 0
}
