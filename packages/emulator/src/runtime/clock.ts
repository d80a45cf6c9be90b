/** The emulator's clock: real time plus an offset, so that one call can skip ten days. */

/** The longest wait of Node's `setTimeout`. */
const MAX_TIMER_MS = 2_147_483_647

export interface Clock {
  /** Epoch seconds, with fractions. */
  now(): number
  advance(seconds: number): void
  set(epochSeconds: number): void
  reset(): void
  /** Seconds ahead of real time, with the shift; negative behind it. */
  offset(): number
  /** The same without the shift. */
  moved(): number
  /** Makes the time wrong by `seconds`. Only another call of `shift` changes that. */
  shift(seconds: number): void
  /** Resolves when the time reaches `epochSeconds` or is moved past it, or when `signal` aborts. */
  reached(epochSeconds: number, signal?: AbortSignal): Promise<void>
}

export function createClock(system: () => number = () => Date.now() / 1000): Clock {
  let moved = 0
  let shift = 0
  const waiting = new Set<() => void>()
  const now = () => system() + moved + shift
  const move = (next: number, wrongBy = shift) => {
    moved = next
    shift = wrongBy
    for (const check of waiting) check()
  }
  return {
    now,
    advance: (seconds) => move(moved + seconds),
    set: (epochSeconds) => move(epochSeconds - system()),
    reset: () => move(0),
    offset: () => moved + shift,
    moved: () => moved,
    shift: (seconds) => move(moved, seconds),
    reached: (epochSeconds, signal) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined
        const check = () => {
          clearTimeout(timer)
          const left = (epochSeconds - now()) * 1000
          if (left > 0 && signal?.aborted !== true) {
            timer = setTimeout(check, Math.min(Math.ceil(left), MAX_TIMER_MS))
          } else {
            waiting.delete(check)
            signal?.removeEventListener('abort', check)
            resolve()
          }
        }
        waiting.add(check)
        signal?.addEventListener('abort', check)
        check()
      }),
  }
}

/** ISO 8601 in UTC with microseconds, as Polar writes timestamps. */
export function toTimestamp(epochSeconds: number): string {
  const iso = new Date(epochSeconds * 1000).toISOString()
  return iso.endsWith('.000Z') ? iso.replace('.000Z', 'Z') : iso.replace('Z', '000Z')
}
