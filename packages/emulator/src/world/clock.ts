/** The emulator's time: real time with an offset, so that ten days pass in one call. */

export interface Clock {
  /** Epoch seconds, with their fraction. */
  now(): number
  advance(seconds: number): void
  set(epochSeconds: number): void
  reset(): void
  /** Seconds ahead of real time; negative behind it. */
  offset(): number
}

export function createClock(system: () => number = () => Date.now() / 1000): Clock {
  let offset = 0
  return {
    now: () => system() + offset,
    advance(seconds) {
      offset += seconds
    },
    set(epochSeconds) {
      offset = epochSeconds - system()
    },
    reset() {
      offset = 0
    },
    offset: () => offset,
  }
}

/** ISO 8601 in UTC with microseconds, as Polar writes moments. */
export function toTimestamp(epochSeconds: number): string {
  const iso = new Date(epochSeconds * 1000).toISOString()
  return iso.endsWith('.000Z') ? iso.replace('.000Z', 'Z') : iso.replace('Z', '000Z')
}
