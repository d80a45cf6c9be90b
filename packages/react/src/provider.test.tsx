import { useQueryClient } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ConnectButton } from './connect-button.tsx'
import { ConnectionProvider } from './connection-provider.tsx'
import { ConnectProvider } from './provider.tsx'
import { PolarQueryProvider } from './query-provider.tsx'
import { connected, createScriptedConnect } from './testing/scripted-connect.ts'

afterEach(cleanup)

function HasQueries(): string {
  return `queries: ${typeof useQueryClient()}`
}

describe('the providers', () => {
  it('are two halves: the connection works without React Query, which is added below it', () => {
    const connect = createScriptedConnect(connected())
    render(
      <ConnectionProvider connect={connect}>
        <ConnectButton />
        <PolarQueryProvider>
          <HasQueries />
        </PolarQueryProvider>
      </ConnectionProvider>,
    )
    expect(screen.getByRole('button', { name: 'Connect with Polar' })).toBeTruthy()
    expect(screen.getByText('queries: object')).toBeTruthy()
  })

  it('ask for the session, unless their client has looked already', () => {
    for (const [state, times] of [
      [connected(), 0],
      [{ status: 'loading' }, 1],
    ] as const) {
      const connect = createScriptedConnect(state)
      const check = vi.spyOn(connect, 'check')
      render(<ConnectProvider connect={connect}>{null}</ConnectProvider>)
      expect(check).toHaveBeenCalledTimes(times)
    }
  })
})
