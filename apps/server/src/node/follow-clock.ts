/**
 * A clock that follows a local server's `Date` header: when a developer moves the emulator's clock,
 * tokens, sessions and sign-ins age here as they do there.
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
      // The header counts whole seconds: less than two is no offset but its rounding.
      if (!Number.isNaN(date)) offset = Math.abs(date - system()) < 2 ? 0 : date - system()
      return response
    },
  }
}
