/** Work that continues after the answer. Some runtimes stop with the answer unless they are told. */
import { isContext, type Incoming } from './incoming.ts'

/** Lets `work` finish, even if the request ends first. Failures are reported where they happen. */
export type KeepAlive = (work: Promise<unknown>) => void

export function keepAliveOf(incoming: Incoming): KeepAlive {
  return (work) => {
    const settled = quietly(work)
    if (!isContext(incoming)) return
    try {
      incoming.executionCtx.waitUntil(settled)
    } catch {
      // A runtime without an execution context continues by itself.
    }
  }
}

/** `work` without its failure, for work whose failure changes nothing. */
export const quietly = <Result>(work: Promise<Result>): Promise<Result | undefined> =>
  work.catch(() => undefined)
