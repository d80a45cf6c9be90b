import { ConnectError } from '@polar-connect/browser'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setReadRules } from './read-rules.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const forever = () => new Promise<never>(() => undefined)
const failing = (afterMs: number) => () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new ConnectError('upstream_error')), afterMs)
  })

function read(queryFn: () => Promise<unknown>, options = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: 2, retryDelay: 2000 } } })
  setReadRules(client, (call) => call())
  const asked = vi.fn(queryFn)
  const outcome = vi.fn<(code: unknown) => void>()
  client
    .fetchQuery({ queryKey: ['orders'], queryFn: asked, ...options })
    .then(outcome, (error: unknown) => outcome(error instanceof ConnectError ? error.code : error))
  return { asked, outcome }
}

describe('a read', () => {
  it('fails after 20 seconds, and is not tried again then', async () => {
    const { asked, outcome } = read(forever)
    await pass(19_999)
    expect(outcome).not.toHaveBeenCalled()
    await pass(1)
    expect(outcome).toHaveBeenCalledWith('upstream_timeout')
    await pass(60_000)
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('fails after 20 seconds with all of its tries', async () => {
    let tries = 0
    const { asked, outcome } = read(() => ((tries += 1) === 1 ? failing(6000)() : forever()))
    await pass(19_999)
    expect([asked.mock.calls.length, outcome.mock.calls.length]).toEqual([2, 0])
    await pass(1)
    expect(outcome).toHaveBeenCalledWith('upstream_timeout')
  })

  it('is tried again while there is time', async () => {
    const { asked, outcome } = read(failing(1000))
    await pass(3000 + 3000 + 1000)
    expect(asked).toHaveBeenCalledTimes(3)
    expect(outcome).toHaveBeenCalledWith('upstream_error')
  })

  it('is not tried again after ten seconds', async () => {
    const { asked, outcome } = read(failing(8000))
    await pass(8000)
    expect(outcome).toHaveBeenCalledWith('upstream_error')
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('keeps an answer that comes in time, and its own rule of retries', async () => {
    const { outcome } = read(async () => 'orders')
    await pass(0)
    expect(outcome).toHaveBeenCalledWith('orders')
    const { asked } = read(failing(10), { retry: false })
    await pass(60_000)
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('may have limits of its own', async () => {
    const { outcome } = read(forever, { meta: { ownLimits: true } })
    await pass(60_000)
    expect(outcome).not.toHaveBeenCalled()
  })
})
