/** Work that continues after the answer. Some runtimes stop with the answer unless they are told. */
import type { Context, ExecutionContext } from 'hono'
import { isContext, type Incoming } from './incoming.ts'

/** Lets `work` finish, even if the request ends first. Failures are reported where they happen. */
export type KeepAlive = (work: Promise<unknown>) => void

export function keepAliveOf(incoming: Incoming): KeepAlive {
  return (work) => {
    const settled = quietly(work)
    const runtime = (isContext(incoming) && executionOf(incoming)) || hostOfRequest()
    // A runtime that offers neither continues by itself.
    runtime?.waitUntil?.(settled)
  }
}

/** Of a Worker, for example. Undefined on a runtime without one. */
function executionOf(c: Context): ExecutionContext | undefined {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}

/** Where hosts of functions tell Next how to keep work alive. `after` of `next/server` reads it too. */
const HOSTS = [Symbol.for('@next/request-context'), Symbol.for('@vercel/request-context')]

interface Host {
  readonly waitUntil?: (work: Promise<unknown>) => void
}

function hostOfRequest(): Host | undefined {
  const known = globalThis as {
    readonly [name: symbol]: { get?: () => Host | undefined } | undefined
  }
  return HOSTS.map((name) => known[name]?.get?.()).find((host) => host !== undefined)
}

/** `work` without its failure, for work whose failure changes nothing. */
export const quietly = <Result>(work: Promise<Result>): Promise<Result | undefined> =>
  work.catch(() => undefined)
