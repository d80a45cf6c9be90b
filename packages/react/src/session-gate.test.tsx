import { ConnectError, type ConnectState } from '@polar-connect/browser'
import { act, cleanup, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { SessionGate } from './session-gate.tsx'
import {
  connected,
  connectionOf,
  createScriptedConnect,
  disconnected,
  server,
} from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'

afterEach(cleanup)

const ended: ConnectState = { status: 'ended', connection: connectionOf(), server }
const unreachable: ConnectState = { status: 'unreachable', error: new ConnectError('offline') }

function gate(state: ConnectState, more: { ended?: ReactNode; unreachable?: ReactNode } = {}) {
  const connect = createScriptedConnect(state)
  const { container } = show(
    <SessionGate fallback="connect first" loading="one moment" {...more}>
      data
    </SessionGate>,
    { app: 'Ledger', connect },
  )
  return { connect, container }
}

describe('the session gate', () => {
  it.each([
    [{ status: 'loading' } as const, 'one moment'],
    [disconnected, 'connect first'],
    [connected(), 'data'],
  ])('shows for %j: %s', (state, text) => {
    expect(gate(state).container.textContent).toBe(text)
  })

  it('offers to connect by default', () => {
    show(<SessionGate>data</SessionGate>, { connect: createScriptedConnect(disconnected) })
    expect(screen.getByRole('button', { name: 'Connect with Polar' })).toBeDefined()
  })

  it('follows the state', () => {
    const { connect, container } = gate(connected())
    act(() => connect.set(disconnected))
    expect(container.textContent).toBe('connect first')
  })

  it('keeps the page if Polar ended the connection, and offers to reconnect', async () => {
    const { connect, container } = gate(ended)
    expect(screen.getByRole('alert').textContent).toContain(
      'Ledger no longer has access to Acme BooksReconnect to keep working on this page.',
    )
    expect(container.textContent).toContain('data')
    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }))
    expect(connect.requests).toEqual([
      { subject: 'organization', organization: 'org', scopes: ['openid', 'products:read'] },
    ])
    expect(screen.getByRole('button', { name: 'Opening Polar…' })).toBeDefined()
  })

  it('says why it could not reconnect', async () => {
    const { connect } = gate(ended)
    connect.answer(() => Promise.reject(new ConnectError('server_unreachable')))
    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }))
    expect(await screen.findByText("This app's server isn't answering")).toBeDefined()
  })

  it('says if the server does not answer, and asks it again', async () => {
    const { connect } = gate(unreachable)
    expect(screen.getByRole('alert').textContent).toContain(
      "You're offlineWait a moment and try again.",
    )
    const before = connect.checks()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(connect.checks()).toBe(before + 1)
  })

  it('links to the right address if a retry would fail', () => {
    const origin = 'https://app.example'
    gate({ status: 'unreachable', error: new ConnectError('wrong_address', { origin }) })
    const notice = screen.getByRole('alert')
    expect(notice.textContent).toContain('Open Ledger at https://app.example')
    expect(within(notice).getByRole('link').getAttribute('href')).toBe(origin)
    expect(within(notice).queryByRole('button')).toBeNull()
  })

  it.each([
    [ended, 'own noticedata'],
    [unreachable, 'own page'],
  ])("shows the app's own element for %j", (state, text) => {
    const { container } = gate(state, { ended: 'own notice', unreachable: 'own page' })
    expect(container.textContent).toBe(text)
  })

  it('shows no notice if the app wants none', () => {
    expect(gate(ended, { ended: null }).container.textContent).toBe('data')
  })
})
