/**
 * A clock that follows a local server's `Date` header: when a developer moves the emulator's clock,
 * tokens, sessions and sign-ins age here as they do there.
 */
import type { Upstream } from '@polar-connect/bff'
import { createUndiciUpstream } from '@polar-connect/bff/drivers/undici'

export function createFollowingClock(): { clock: () => number; upstream: Upstream } {
  const upstream = createUndiciUpstream()
  const system = () => Date.now() / 1000
  let offset = 0
  return {
    clock: () => system() + offset,
    async upstream(url, request) {
      const response = await upstream(url, request)
      const date = Date.parse(response.headers.get('Date') ?? '') / 1000
      // The header counts whole seconds: less than two is no offset but its rounding.
      if (!Number.isNaN(date)) offset = Math.abs(date - system()) < 2 ? 0 : date - system()
      return response
    },
  }
}
