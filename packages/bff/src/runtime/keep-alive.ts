/** Work that goes on after the answer: some runtimes stop with it unless they are told. */
import type { Context } from 'hono'

/** Lets `work` end, whatever becomes of the request. Its failure was reported where it happened. */
export type KeepAlive = (work: Promise<unknown>) => void

export function keepAliveOf(c: Context): KeepAlive {
  return (work) => {
    const settled = work.catch(() => undefined)
    try {
      c.executionCtx.waitUntil(settled)
    } catch {
      // A runtime without an execution context lives on by itself.
    }
  }
}
