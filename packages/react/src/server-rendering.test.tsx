// @vitest-environment node
import { ConnectError, createConnect } from '@polar-connect/browser'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { prerender } from 'react-dom/static'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  CallbackPage,
  ConnectButton,
  ConnectFailed,
  ConnectProvider,
  SessionGate,
  StepUpPrompt,
  useConnection,
  usePolar,
  useScope,
} from './index.ts'

const refusal = new ConnectError('insufficient_scope', { scopes: ['orders:read'] })

function Everything(): ReactNode {
  usePolar()
  const { status } = useConnection()
  const may = useScope('orders:read')
  return (
    <>
      <ConnectButton />
      <CallbackPage />
      <ConnectFailed error={new ConnectError('state_mismatch')} />
      <StepUpPrompt error={refusal} app="Ledger" />
      <SessionGate loading="one moment" fallback="connect first">
        data
      </SessionGate>
      <p>{`${status} ${may}`}</p>
    </>
  )
}

const app = (
  <ConnectProvider>
    <Everything />
  </ConnectProvider>
)

/** APIs that Next refuses while prerendering, or that a server does not have. */
function forbid(): void {
  const refuse = (name: string) => () => {
    throw new Error(`${name} while rendering`)
  }
  vi.spyOn(Date, 'now').mockImplementation(refuse('Date.now'))
  vi.spyOn(performance, 'now').mockImplementation(refuse('performance.now'))
  vi.spyOn(Math, 'random').mockImplementation(refuse('Math.random'))
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(refuse('crypto.getRandomValues'))
  vi.spyOn(crypto, 'randomUUID').mockImplementation(refuse('crypto.randomUUID'))
  vi.stubGlobal('fetch', refuse('fetch'))
  for (const name of ['location', 'localStorage', 'sessionStorage', 'BroadcastChannel']) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name)
    Object.defineProperty(globalThis, name, { configurable: true, get: refuse(name) })
    restore.push(() => {
      if (before) Object.defineProperty(globalThis, name, before)
      else Reflect.deleteProperty(globalThis, name)
    })
  }
}
const restore: (() => void)[] = []
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  for (const undo of restore.splice(0)) undo()
})

describe('on a server', () => {
  it('everything renders, and unknown values are loading', () => {
    expect(typeof window).toBe('undefined')
    const html = renderToString(app)
    expect(html).toContain('Connect with Polar')
    expect(html).toContain('one moment')
    expect(html).toContain('loading false')
    expect(html).not.toContain('connect first')
  })

  it('nothing reads the time, randomness, the address or a storage', async () => {
    // React itself reads the time before.
    function Guarded(): ReactNode {
      forbid()
      return app
    }
    const { prelude } = await prerender(<Guarded />)
    const html = await new Response(prelude).text()
    expect(html).toContain('Connect with Polar')
  })

  it('an app can create its client outside of a component', () => {
    forbid()
    expect(createConnect().getState()).toEqual({ status: 'loading' })
  })
})
