import { ConnectError } from '@polar-connect/browser'
import { useQuery } from '@tanstack/react-query'
import { act, cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ConnectButton } from './connect-button.tsx'
import { ConnectProvider } from './provider.tsx'
import { SessionGate } from './session-gate.tsx'
import { StepUpPrompt } from './step-up-prompt.tsx'
import {
  connected,
  createScriptedConnect,
  disconnected,
  server,
} from './testing/scripted-connect.ts'
import { connectionOf, type ScriptedConnect } from './testing/scripted-connect.ts'
import { useConnection, useScope } from './use-connection.ts'
import { usePolar } from './use-polar.ts'

afterEach(cleanup)

/** Conditions are waited for, also on a busy machine. */
const WAIT = { timeout: 20_000 }

function show(connect: ScriptedConnect, children: ReactNode) {
  return render(
    <StrictMode>
      <ConnectProvider connect={connect}>{children}</ConnectProvider>
    </StrictMode>,
  )
}

describe('the connect button', () => {
  it('opens Polar once, and says so meanwhile', async () => {
    const connect = createScriptedConnect(disconnected)
    show(connect, <ConnectButton subject="user" />)
    const button = screen.getByRole('button', { name: 'Connect with Polar' })
    await userEvent.dblClick(button)
    expect(screen.getByRole('button', { name: 'Opening Polar…' })).toBe(button)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(connect.requests).toEqual([{ subject: 'user' }])
  })

  it('is ready again when the page comes back', async () => {
    const connect = createScriptedConnect(disconnected)
    show(connect, <ConnectButton />)
    await userEvent.click(screen.getByRole('button'))
    act(() => void dispatchEvent(new Event('pageshow')))
    expect(screen.getByRole('button', { name: 'Connect with Polar' })).toBeDefined()
  })

  it('tells what failed, and is ready again', async () => {
    const connect = createScriptedConnect(disconnected)
    const error = new ConnectError('server_unreachable')
    connect.answer(() => Promise.reject(error))
    const onError = vi.fn<(error: unknown) => void>()
    show(connect, <ConnectButton onError={onError}>Go</ConnectButton>)
    await userEvent.click(screen.getByRole('button', { name: 'Go' }))
    expect(onError).toHaveBeenCalledWith(error)
    expect(screen.getByRole('button', { name: 'Go' }).getAttribute('aria-disabled')).toBe('false')
  })

  it('speaks the words that the app gives', () => {
    render(
      <ConnectProvider
        connect={createScriptedConnect(disconnected)}
        messages={{ connect: 'Mit Polar verbinden' }}
      >
        <ConnectButton />
      </ConnectProvider>,
    )
    expect(screen.getByRole('button', { name: 'Mit Polar verbinden' })).toBeDefined()
  })
})

describe('the session gate', () => {
  const gate = (
    <SessionGate fallback="connect first" loading="one moment">
      data
    </SessionGate>
  )

  it.each([
    [{ status: 'loading' } as const, 'one moment'],
    [disconnected, 'connect first'],
    [{ status: 'unreachable', error: new ConnectError('offline') } as const, 'connect first'],
    [connected(), 'data'],
    [{ status: 'ended', connection: connectionOf(), server } as const, 'data'],
  ])('shows for %j: %s', (state, text) => {
    expect(show(createScriptedConnect(state), gate).container.textContent).toBe(text)
  })

  it('follows the state', () => {
    const connect = createScriptedConnect(connected())
    const { container } = show(connect, gate)
    act(() => connect.set(disconnected))
    expect(container.textContent).toBe('connect first')
  })
})

describe('the step-up prompt', () => {
  const error = new ConnectError('insufficient_scope', {
    scopes: ['checkout_links:write', 'checkout_links:read'],
  })

  it('asks for the least that would do, on top of what was granted, for the same account', async () => {
    const connect = createScriptedConnect(connected())
    show(connect, <StepUpPrompt error={error} app="Ledger" />)
    expect(screen.getByRole('heading').textContent).toBe('Allow access to see this')
    expect(screen.getByText('Ledger needs your permission to see checkout links.')).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Allow access' }))
    expect(connect.requests).toEqual([
      {
        subject: 'organization',
        organization: 'org',
        scopes: ['openid', 'products:read', 'checkout_links:read'],
      },
    ])
  })

  it('says that nothing changed when it was denied', () => {
    show(createScriptedConnect(connected()), <StepUpPrompt error={error} app="Ledger" denied />)
    expect(screen.getByText('Permission not granted. Nothing changed.')).toBeDefined()
  })
})

describe('the data of one account', () => {
  function Names() {
    const polar = usePolar()
    const { connection } = useConnection()
    const { data } = useQuery({
      queryKey: ['names'],
      queryFn: async () => {
        await polar.products.list()
        return `of ${connection?.id}`
      },
    })
    return data ?? 'nothing'
  }

  it('is gone when another one is connected, also under the same key', async () => {
    const connect = createScriptedConnect(connected())
    const { container } = show(connect, <Names />)
    await vi.waitFor(() => expect(container.textContent).toBe('of one'), WAIT)
    act(() => connect.set(connected({ id: 'two' })))
    await vi.waitFor(() => expect(container.textContent).not.toBe('of one'), WAIT)
  })
})

describe('a permission', () => {
  function Has({ scope }: { readonly scope: string }) {
    return useScope(scope) ? 'yes' : 'no'
  }

  it.each([
    ['products:read', ['products:read'], 'yes'],
    ['products:read', ['products:write'], 'yes'],
    ['products:write', ['products:read'], 'no'],
    // Polar opens these two by their reading permission alone.
    ['orders:read', ['orders:write'], 'no'],
    ['metrics:read', ['metrics:write'], 'no'],
  ])('%s is held with %j: %s', (scope, scopes, answer) => {
    const { container } = show(createScriptedConnect(connected({ scopes })), <Has scope={scope} />)
    expect(container.textContent).toBe(answer)
  })
})
