/**
 * What holds for every read: its failures have names, and it has a time limit. React Query tries a read
 * up to three times. All tries together have 20 seconds, because no one looks at a skeleton for longer.
 */
import { ConnectError } from '@polar-connect/browser'
import { useQueryClient, type QueryClient, type QueryOptions } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useRead, type Read } from './known-error.ts'

const WHOLE_MS = 20_000
/** No try begins after ten seconds, and a retry waits 2.5 seconds at most. */
const LAST_RETRY_MS = 7500

const behaviorWith = (read: Read): NonNullable<QueryOptions['behavior']> => ({
  onFetch(context) {
    const { fetchFn, options } = context
    if (options.meta?.['ownLimits'] === true) return
    let begunAt = performance.now()
    const passed = () => performance.now() - begunAt
    context.fetchFn = () => {
      // React Query pauses retries in a hidden tab. That time does not count.
      if (passed() > WHOLE_MS) begunAt = performance.now()
      return within(WHOLE_MS - passed(), () => read(async () => fetchFn()))
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
})

/** For every query below, except those with `meta: { ownLimits: true }`. */
export function ReadRules({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient()
  const read = useRead()
  // Not in an effect: the effects of the components below run first, and start queries.
  useState(() => setReadRules(client, read))
  return children
}

export function setReadRules(client: QueryClient, read: Read): void {
  const { queries, ...others } = client.getDefaultOptions()
  client.setDefaultOptions({ ...others, queries: { ...queries, behavior: behaviorWith(read) } })
}

function within(milliseconds: number, call: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ConnectError('upstream_timeout')), milliseconds)
    const asked = (async () => call())()
    void asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
