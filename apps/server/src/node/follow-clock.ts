/**
 * A clock that follows the emulator's `Date` header. If a developer moves the emulator's clock, the
 * app's tokens, sessions and sign-ins age with it.
 */
import { systemTime, type Time, type Upstream } from '@polar-connect/bff'

export function createFollowingClock(upstream: Upstream): { time: Time; upstream: Upstream } {
  const system = systemTime.now
  let offset = 0
  return {
    time: { ...systemTime, now: () => system() + offset },
    async upstream(url, request) {
      const response = await upstream(url, request)
      const date = Date.parse(response.headers.get('Date') ?? '') / 1000
      // The header has whole seconds: a difference below two can be rounding.
      if (!Number.isNaN(date)) offset = Math.abs(date - system()) < 2 ? 0 : date - system()
      return response
    },
  }
}
