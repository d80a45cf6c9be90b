/** How far this computer's clock is off, by the server's answers. */
import { useConnect } from '@polar-connect/react'
import { useSyncExternalStore } from 'react'
import { useDismissal } from './dismissals.ts'

const MINUTE_MS = 60_000

export interface ClockSkew {
  /** Whole minutes. 0 if it is right, or if the person dismissed the notice. */
  readonly minutes: number
  readonly dismiss: () => void
}

export function useClockSkew(): ClockSkew {
  const { subscribe, serverNow } = useConnect()
  const read = () => toMinutes(serverNow() - Date.now())
  const minutes = useSyncExternalStore(subscribe, read, read)
  const { dismissed, dismiss } = useDismissal('clock', 'off')
  return { minutes: dismissed ? 0 : minutes, dismiss }
}

/** A minute does no harm. */
function toMinutes(skewMs: number): number {
  return Math.abs(skewMs) > MINUTE_MS ? Math.round(Math.abs(skewMs) / MINUTE_MS) : 0
}
