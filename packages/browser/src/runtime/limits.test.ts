import { BROWSER_REFRESH_SECONDS, REFRESH_WAIT_SECONDS } from '@polar-connect/protocol'
import { expect, it } from 'vitest'
import * as limits from './limits.ts'

it('every limit leaves room for what it waits for', () => {
  const {
    ANSWER_MS,
    CALLS_LOCK_MS,
    EXCHANGE_MS,
    FIRST_PAUSE_MS,
    FRESH_MS,
    LOCK_MS,
    LONGEST_PAUSE_MS,
    REFRESH_MS,
  } = limits
  const polarRefreshes = 35_000
  const serverLogsOut = 5000 + 5000
  const inOrder = [
    [FIRST_PAUSE_MS, LONGEST_PAUSE_MS, FRESH_MS],
    [CALLS_LOCK_MS, LOCK_MS],
    [REFRESH_WAIT_SECONDS * 1000, EXCHANGE_MS, ANSWER_MS],
    [serverLogsOut, ANSWER_MS],
    // The refresh ends before its access token expires.
    [polarRefreshes, REFRESH_MS, BROWSER_REFRESH_SECONDS * 1000],
  ]
  for (const chain of inOrder) expect(chain).toEqual(chain.toSorted((one, other) => one - other))
})
