/** Clocks and countdowns as state. */
import { useCallback, useSyncExternalStore } from 'react'

/**
 * Calls `read` in each render and every `everyMs`. State that only the interval sets is stale if
 * something else renders between two ticks.
 *
 * @param read returns the same value within a tick, such as whole minutes.
 * @param everyMs undefined while nothing changes.
 */
export function useTicking<Value extends number | boolean>(
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
 * Whole seconds until `moment`, in milliseconds since the epoch. Right also after a laptop slept.
 */
export function useSecondsLeft(moment: number | undefined): number {
  return useTicking(
    () => (moment === undefined ? 0 : Math.max(0, Math.ceil((moment - Date.now()) / 1000))),
    moment === undefined ? undefined : 1000,
  )
}
