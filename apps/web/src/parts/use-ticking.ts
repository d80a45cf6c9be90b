/** What a clock says, as state. */
import { useCallback, useSyncExternalStore } from 'react'

/**
 * What `read` says now, in each render, and again every `everyMs`. State that only the ticks renew
 * would be as old as the last one when something else changes.
 *
 * @param read a primitive that stays the same within a tick, such as whole minutes.
 * @param everyMs undefined while nothing changes.
 */
export function useTicking<Value extends number | undefined>(
  read: () => Value,
  everyMs: number | undefined,
): Value {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (everyMs === undefined) return () => undefined
      const timer = setInterval(onTick, everyMs)
      return () => clearInterval(timer)
    },
    [everyMs],
  )
  return useSyncExternalStore(subscribe, read)
}

/**
 * Whole seconds until `moment`, in milliseconds since the epoch. A laptop that slept is right when it
 * wakes.
 */
export function useSecondsLeft(moment: number | undefined): number {
  return useTicking(
    () => (moment === undefined ? 0 : Math.max(0, Math.ceil((moment - Date.now()) / 1000))),
    moment === undefined ? undefined : 1000,
  )
}
