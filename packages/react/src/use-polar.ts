/** The official SDK over the BFF, and plain calls beside it. */
import type { Connect } from '@polar-connect/browser'
import { createBrowserPolar, type BrowserPolar } from '@polar-connect/browser/polar'
import { useConnectContext } from './context.ts'

const clients = new WeakMap<Connect, BrowserPolar>()

/** The same object for the same provider, so that it may stand in dependency lists. */
export function usePolar(): BrowserPolar {
  const { connect } = useConnectContext()
  const polar = clients.get(connect) ?? createBrowserPolar(connect)
  clients.set(connect, polar)
  return polar
}
