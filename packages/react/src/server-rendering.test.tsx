// @vitest-environment node
import { ConnectError } from '@polar-connect/browser'
import { useQuery } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  CallbackPage,
  ConnectButton,
  ConnectProvider,
  problemText,
  SessionGate,
  StepUpPrompt,
  useConnection,
  usePolar,
  useScope,
} from './index.ts'

const refusal = new ConnectError('insufficient_scope', { scopes: ['orders:read'] })

function Everything() {
  const polar = usePolar()
  const { status } = useConnection()
  const may = useScope('orders:read')
  const { data } = useQuery({ queryKey: ['none'], queryFn: () => polar.orders.list() })
  return (
    <>
      <ConnectButton />
      <CallbackPage />
      <StepUpPrompt error={refusal} app="Ledger" />
      <SessionGate loading="one moment" fallback="connect first">
        data
      </SessionGate>
      <p>{`${status} ${may} ${data?.items.length} ${problemText('unknown').title}`}</p>
    </>
  )
}

describe('on a server', () => {
  it('everything renders, and what nobody can know yet is loading', () => {
    expect(typeof window).toBe('undefined')
    const html = renderToString(
      <ConnectProvider>
        <Everything />
      </ConnectProvider>,
    )
    expect(html).toContain('Connect with Polar')
    expect(html).toContain('one moment')
    expect(html).toContain('loading false undefined')
    expect(html).not.toContain('connect first')
  })
})
