import type { CallbackOutcome, Connect, ConnectState } from '@polar-connect/browser'
import { ConnectError } from '@polar-connect/browser'
import { act, cleanup, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CallbackPage } from './callback-page.tsx'
import { ConnectProvider } from './provider.tsx'

afterEach(cleanup)

const loading: ConnectState = { status: 'loading' }

function connectWith(outcome: CallbackOutcome): Connect {
  return {
    basePath: '/bff',
    getState: () => loading,
    subscribe: () => () => undefined,
    check: async () => loading,
    connect: async () => undefined,
    completeCallback: async () => outcome,
    fetch: async () => new Response(),
    refresh: async () => undefined,
    logout: async () => ({ revoked: true }),
    getPause: () => undefined,
    serverNow: () => 0,
  }
}

async function landing(outcome: CallbackOutcome): Promise<string> {
  const navigate = vi.fn<(path: string, options: { replace: boolean }) => void>()
  render(
    <StrictMode>
      <ConnectProvider connect={connectWith(outcome)} navigate={navigate}>
        <CallbackPage />
      </ConnectProvider>
    </StrictMode>,
  )
  await vi.waitFor(() => expect(navigate).toHaveBeenCalled(), { timeout: 20_000 })
  expect(navigate).toHaveBeenCalledTimes(1)
  expect(navigate.mock.calls[0]?.[1]).toEqual({ replace: true })
  return navigate.mock.calls[0]?.[0] ?? ''
}

describe('the callback page', () => {
  it('says what is going on, with the focus on it', () => {
    render(
      <ConnectProvider connect={connectWith({ status: 'already_connected' })} navigate={vi.fn()}>
        <CallbackPage />
      </ConnectProvider>,
    )
    expect(screen.getByRole('heading', { name: 'Connecting to Polar' })).toBe(
      document.activeElement,
    )
    expect(screen.getByRole('progressbar', { name: 'Finishing the connection' })).toBeDefined()
  })

  it('says after eight seconds that it is still at it, and not before', () => {
    vi.useFakeTimers()
    const never = { ...connectWith({ status: 'already_connected' }) }
    never.completeCallback = () => new Promise(() => undefined)
    render(
      <ConnectProvider connect={never} navigate={vi.fn()}>
        <CallbackPage />
      </ConnectProvider>,
    )
    act(() => void vi.advanceTimersByTime(7999))
    expect(screen.getByRole('status').textContent).toBe('One moment…')
    act(() => void vi.advanceTimersByTime(1))
    expect(screen.getByRole('status').textContent).toBe('Still working. Polar is slow right now.')
    vi.useRealTimers()
  })

  it.each([
    ['/orders?page=2#top', '/orders?page=2#top'],
    ['/', '/dashboard'],
    ['/#main', '/dashboard'],
    ['/?utm=x', '/dashboard'],
  ])('goes on at %s by %s', async (returnPath, path) => {
    expect(await landing({ status: 'connected', returnPath })).toBe(path)
  })

  it('goes to the app where the link was used before', async () => {
    expect(await landing({ status: 'already_connected' })).toBe('/dashboard')
  })

  it('names the failure and its reference, and nothing else of the address', async () => {
    const error = new ConnectError('state_mismatch', { reference: 'abcd2345', description: 'x' })
    expect(await landing({ status: 'failed', error, retry: { returnPath: '/orders' } })).toBe(
      '/connect/failed?reason=state_mismatch&ref=abcd2345',
    )
  })
})
