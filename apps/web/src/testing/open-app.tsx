/** The whole app in a test's document, with a server of its own. */
import { createConnect, type TabMessage, type Tabs } from '@polar-connect/browser'
import { QueryClient } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { afterEach, beforeEach } from 'vitest'
import { dismiss } from '../data/dismissals.ts'
import { browserNetwork } from '../data/network.ts'
import { Root } from '../root.tsx'
import type { FakeServer } from './fake-server.ts'

/** jsdom does not draw, so it does not have these. */
beforeEach(() => {
  globalThis.scrollTo = () => undefined
  // The time of the answers stands still, so every computer's clock is off.
  dismiss('clock', 'off')
  HTMLElement.prototype.hidePopover ??= () => undefined
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    if (!this.open) return
    this.open = false
    this.dispatchEvent(new Event('close'))
  }
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  localStorage.clear()
})

/** As long as the provider's own client counts it as fresh. */
const STALE_MS = 30_000

interface OpenApp {
  readonly user: UserEvent
  /** The address that the app opened. */
  readonly left: string[]
  /** What another tab announces. */
  readonly hear: (message: TabMessage) => void
}

export function openApp(path: string, server: FakeServer): OpenApp {
  history.replaceState(null, '', path)
  const left: string[] = []
  let hear: (message: TabMessage) => void = () => undefined
  const tabs: Tabs = {
    exclusively: (_name, work) => work(),
    alongside: (work) => work(),
    send: () => undefined,
    listen: (listener) => void (hear = listener),
  }
  const network = browserNetwork(server.fetch)
  const { fetch } = network
  const connect = createConnect({ fetch, tabs, navigate: (url) => void left.push(url) })
  // A failure shows at once: pages do not decide how often to try again.
  const queries = { retry: false, staleTime: STALE_MS, networkMode: 'always' } as const
  const queryClient = new QueryClient({ defaultOptions: { queries } })
  render(<Root network={network} connect={connect} queryClient={queryClient} />)
  return { user: userEvent.setup(), left, hear: (message) => hear(message) }
}
