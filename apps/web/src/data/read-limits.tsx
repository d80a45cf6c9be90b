/**
 * How long a read may take. A query is tried up to three times, and its time is that of all tries
 * together: nobody looks at a skeleton for longer.
 */
import { ConnectError } from '@polar-connect/browser'
import { useQueryClient, type QueryClient, type QueryOptions } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

const WHOLE_MS = 20_000
/** No try begins after ten seconds, and one waits 2.5 seconds at most. */
const LAST_RETRY_MS = 7500

const limited: NonNullable<QueryOptions['behavior']> = {
  onFetch(context) {
    const { fetchFn, options } = context
    if (options.meta?.['ownLimits'] === true) return
    let begunAt = performance.now()
    const passed = () => performance.now() - begunAt
    context.fetchFn = () => {
      // In a tab that nobody looks at, a retry waits until somebody does. That is not slow.
      if (passed() > WHOLE_MS) begunAt = performance.now()
      return within(WHOLE_MS - passed(), fetchFn)
    }
    const { retry = 3 } = options
    context.options = {
      ...options,
      retry(count, error) {
        if (passed() > LAST_RETRY_MS) return false
        return typeof retry === 'function' ? retry(count, error) : retry === true || count < +retry
      },
    }
  },
}

/** Limits every query below, except those whose `meta` says `ownLimits`. */
export function ReadLimits({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient()
  // Not in an effect: the first query below would begin before it.
  useState(() => limitReads(client))
  return children
}

export function limitReads(client: QueryClient): void {
  const { queries, ...others } = client.getDefaultOptions()
  client.setDefaultOptions({ ...others, queries: { ...queries, behavior: limited } })
}

function within(milliseconds: number, call: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ConnectError('upstream_timeout')), milliseconds)
    const asked = (async () => call())()
    void asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
