import { ConnectError, type ErrorCode } from '@polar-connect/browser'
import { cleanup, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { ConnectFailed } from './connect-failed.tsx'
import { createScriptedConnect, disconnected } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

const fail = (code: ErrorCode, details = {}) => new ConnectError(code, details)

describe('a failed sign-in', () => {
  it('says what happened and what to do, with a link to the start', () => {
    show(<ConnectFailed error={fail('authorization_error.access_denied')} home="/start" />)
    expect(screen.getByRole('heading', { name: "You didn't allow access" })).toBeDefined()
    expect(screen.getByText('Nothing was connected. You can try again at any time.')).toBeDefined()
    const home = screen.getByRole('link', { name: 'Back to start' })
    expect(home.getAttribute('href')).toBe('/start')
    expect(screen.queryByText(/^Reference/)).toBeNull()
  })

  it('shows developers code, status and Polar’s text in the details', () => {
    const details = { status: 400, description: 'Said no', reference: 'k3m9x2ab' }
    show(<ConnectFailed error={fail('authorization_error.access_denied', details)} />)
    expect(screen.getByText('authorization_error.access_denied · 400 · Said no')).toBeDefined()
    expect(screen.getByText('Reference: k3m9x2ab')).toBeDefined()
  })

  it('says if another try fails too', async () => {
    const connect = createScriptedConnect(disconnected)
    connect.answer(() => Promise.reject(fail('offline')))
    show(<ConnectFailed error={fail('state_mismatch')} />, { connect })
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect((await screen.findByRole('alert')).textContent).toContain("You're offline")
  })

  it.each(['insecure_context', 'misconfigured', 'wrong_address'] as const)(
    'offers no retry for %s, because it would fail again',
    (code) => {
      show(<ConnectFailed error={fail(code, { origin: 'https://ledger.example' })} />)
      expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
      expect(screen.getByRole('link', { name: 'Back to start' })).toBeDefined()
    },
  )

  it.each(['offline', 'polar_unavailable', 'rate_limited', 'cookies_blocked'] as const)(
    'offers a retry for %s, and says that nothing continues by itself',
    (code) => {
      const { container } = show(<ConnectFailed error={fail(code)} />)
      expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined()
      expect(container.textContent).not.toMatch(/Continuing in|Trying again in|reload when/)
    },
  )

  it('links to the address where the app works', () => {
    show(<ConnectFailed error={fail('wrong_address', { origin: 'https://ledger.example' })} />)
    expect(screen.getByRole('link', { name: 'Open https://ledger.example' })).toBeDefined()
  })
})
