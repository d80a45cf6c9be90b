/** Work that continues after an answer. Some hosts must wait for it before they stop. */
import type { ExecutionContext } from 'hono'

export interface Background {
  readonly context: ExecutionContext
  /** Resolves when no work is running. */
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
      // Work that ends may have started more work.
      while (works.size > 0) await Promise.allSettled(works)
    },
  }
}
