/** Work that goes on behind answers, for hosts that have to wait for it before they end. */
import type { ExecutionContext } from 'hono'

export interface Background {
  readonly context: ExecutionContext
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
}

export function createBackground(): Background {
  const works = new Set<Promise<unknown>>()
  return {
    context: {
      waitUntil(work) {
        works.add(work)
        const end = () => void works.delete(work)
        work.then(end, end)
      },
      passThroughOnException() {},
      props: {},
    },
    async settled() {
      // What ends may have begun something else.
      while (works.size > 0) await Promise.allSettled(works)
    },
  }
}
