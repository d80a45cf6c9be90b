import { act, cleanup } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { ConnectProvider } from './provider.tsx'
import { SessionGate } from './session-gate.tsx'
import { connected, createScriptedConnect } from './testing/scripted-connect.ts'

afterEach(cleanup)

const app = (state: Parameters<typeof createScriptedConnect>[0]) => (
  <ConnectProvider connect={createScriptedConnect(state)}>
    <SessionGate fallback="connect first" loading="one moment">
      data
    </SessionGate>
  </ConnectProvider>
)

it('a page from a server hydrates unchanged, even if the session is known by then', async () => {
  const onRecoverableError = vi.fn<(error: unknown) => void>()
  const container = document.createElement('div')
  container.innerHTML = renderToString(app({ status: 'loading' }))
  expect(container.textContent).toBe('one moment')
  const root = await act(async () =>
    hydrateRoot(container, app(connected()), { onRecoverableError }),
  )
  expect(container.textContent).toBe('data')
  expect(onRecoverableError).not.toHaveBeenCalled()
  act(() => root.unmount())
})
