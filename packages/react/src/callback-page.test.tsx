import { ConnectError, type CallbackOutcome } from '@polar-connect/browser'
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CallbackPage, type CallbackPageProps } from './callback-page.tsx'
import type { Navigate } from './context.ts'
import { createScriptedConnect, disconnected } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

function open(outcome: CallbackOutcome | undefined, props: CallbackPageProps = {}) {
  const connect = createScriptedConnect(disconnected)
  if (outcome !== undefined) connect.outcome(async () => outcome)
  const navigate = vi.fn<Navigate>()
  show(<CallbackPage {...props} />, { connect, navigate })
  return { connect, navigate }
}

async function landing(outcome: CallbackOutcome, props: CallbackPageProps = {}): Promise<string> {
  const { navigate } = open(outcome, props)
  await vi.waitFor(() => expect(navigate).toHaveBeenCalled(), { timeout: 20_000 })
  expect(navigate).toHaveBeenCalledTimes(1)
  expect(navigate.mock.calls[0]?.[1]).toEqual({ replace: true })
  return navigate.mock.calls[0]?.[0] ?? ''
}

const failed: CallbackOutcome = {
  status: 'failed',
  error: new ConnectError('state_mismatch', { reference: 'abcd2345', description: 'x' }),
  retry: { subject: 'user', returnPath: '/orders' },
}

describe('the callback page', () => {
  it('says what happens, and focuses that text', () => {
    open(undefined)
    expect(screen.getByRole('heading', { name: 'Connecting to Polar' })).toBe(
      document.activeElement,
    )
    expect(screen.getByRole('progressbar', { name: 'Connecting to Polar' })).toBeDefined()
  })

  it('says only after eight seconds that it still works', () => {
    vi.useFakeTimers()
    open(undefined)
    act(() => void vi.advanceTimersByTime(7999))
    expect(screen.getByRole('status').textContent).toBe('One moment…')
    act(() => void vi.advanceTimersByTime(1))
    expect(screen.getByRole('status').textContent).toBe('Still working. Polar is slow right now.')
    vi.useRealTimers()
  })

  it.each([
    ['/orders?page=2#top', '/orders?page=2#top'],
    ['/', '/start'],
    ['/#main', '/start'],
    ['/?utm=x', '/start'],
  ])('returns to %s by way of %s', async (returnPath, path) => {
    expect(await landing({ status: 'connected', returnPath }, { home: '/start' })).toBe(path)
  })

  it('keeps the query of the front page if the app has no other home', async () => {
    expect(await landing({ status: 'connected', returnPath: '/?tab=2' })).toBe('/?tab=2')
  })

  it.each([
    [undefined, '/'],
    ['/start', '/start'],
  ])('goes to the app if the link was used before: home %s', async (home, path) => {
    const props = home === undefined ? {} : { home }
    expect(await landing({ status: 'already_connected' }, props)).toBe(path)
  })
})

describe('a failure on the callback page', () => {
  it('is shown in place, and focused', async () => {
    const { navigate } = open(failed)
    const heading = await screen.findByRole('heading', {
      level: 1,
      name: "We couldn't confirm this came from you",
    })
    await waitFor(() => expect(document.activeElement).toBe(heading))
    expect(screen.getByText('Reference: abcd2345')).toBeDefined()
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(navigate).not.toHaveBeenCalled()
  })

  it('offers a retry with the same options', async () => {
    const { connect } = open(failed)
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(connect.requests).toEqual([{ subject: 'user', returnPath: '/orders' }])
  })

  it('is shown and reported if code of the app throws', async () => {
    const fault = new TypeError('a fault of the page')
    const report = vi.fn((event: ErrorEvent) => event.preventDefault())
    addEventListener('error', report)
    const onConnected = () => {
      throw fault
    }
    const { navigate } = open({ status: 'connected', returnPath: '/orders' }, { onConnected })
    expect(await screen.findByRole('heading', { name: "That didn't work" })).toBeDefined()
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ error: fault }))
    expect(navigate).not.toHaveBeenCalled()
    removeEventListener('error', report)
  })

  it('goes to a page of the app, with only its code and reference', async () => {
    expect(await landing(failed, { failed: '/connect/failed' })).toBe(
      '/connect/failed?reason=state_mismatch&ref=abcd2345',
    )
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })

  it('is left to an app that listens', async () => {
    const onFailed = vi.fn<NonNullable<CallbackPageProps['onFailed']>>()
    const { navigate } = open(failed, { onFailed })
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalledOnce(), { timeout: 20_000 })
    expect(onFailed).toHaveBeenCalledWith(failed.error, failed.retry)
    expect(navigate).not.toHaveBeenCalled()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })
})
