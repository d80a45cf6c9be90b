import type { Connect } from '@polar-connect/browser'
import { useQuery } from '@tanstack/react-query'
import { act, cleanup } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useConnect, useConnectState } from './context.ts'
import { connected, createScriptedConnect, server } from './testing/scripted-connect.ts'
import { show } from './testing/show.tsx'
import { useScope } from './use-connection.ts'

afterEach(cleanup)

/** Enough time for conditions on a busy machine. */
const WAIT = { timeout: 20_000 }

describe('the data of one account', () => {
  /** Does not follow the connection, so only its query can remove the data. */
  function Name({ connect }: { readonly connect: Connect }) {
    const queryFn = async () => {
      const state = connect.getState()
      return 'connection' in state ? `of ${state.connection.id}` : 'of no one'
    }
    const { data } = useQuery({ queryKey: ['name'], queryFn })
    return data ?? 'nothing'
  }

  it('disappears when another account is connected, even under the same key', async () => {
    const connect = createScriptedConnect(connected())
    const { container } = show(<Name connect={connect} />, { connect })
    await vi.waitFor(() => expect(container.textContent).toBe('of one'), WAIT)
    act(() => connect.set(connected({ id: 'two' })))
    await vi.waitFor(() => expect(container.textContent).toBe('of two'), WAIT)
  })
})

describe('the client', () => {
  function Known() {
    const state = useConnectState()
    const elsewhere = state.status === 'disconnected' && state.elsewhere
    return `${state.status} at ${useConnect().serverNow()}${elsewhere ? ', elsewhere' : ''}`
  }

  it("is the provider's, and its whole state is known after each change", () => {
    const connect = { ...createScriptedConnect(connected()), serverNow: () => 7 }
    const { container } = show(<Known />, { connect })
    expect(container.textContent).toBe('connected at 7')
    act(() => connect.set({ status: 'disconnected', server, elsewhere: true }))
    expect(container.textContent).toBe('disconnected at 7, elsewhere')
  })
})

describe('a permission', () => {
  function Has({ scope }: { readonly scope: string }) {
    return useScope(scope) ? 'yes' : 'no'
  }

  it.each([
    ['products:read', ['products:write'], 'yes'],
    ['products:write', ['products:read'], 'no'],
  ])('%s is granted with %j: %s', (scope, scopes, answer) => {
    const connect = createScriptedConnect(connected({ scopes }))
    expect(show(<Has scope={scope} />, { connect }).container.textContent).toBe(answer)
  })
})
