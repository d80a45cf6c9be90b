/** Holds requests on their way to Polar, or answers on their way back, until they are let go. */
import type { Upstream } from '../upstream/upstream.ts'

export interface HeldUpstream {
  readonly upstream: Upstream
  /** Resolves when something is held. */
  readonly arrived: Promise<void>
  letGo(): void
}

/** @param where `sent` has not reached Polar yet, `answered` was processed there. */
export function holdUpstream(
  inner: Upstream,
  path: string,
  where: 'sent' | 'answered',
): HeldUpstream {
  let letGo = () => undefined as void
  const released = new Promise<void>((resolve) => (letGo = resolve))
  let arrive = () => undefined as void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  return {
    arrived,
    letGo: () => letGo(),
    async upstream(url, request) {
      if (!url.pathname.endsWith(path)) return inner(url, request)
      const answer = where === 'answered' ? await inner(url, request) : undefined
      arrive()
      await released
      return answer ?? inner(url, request)
    },
  }
}
