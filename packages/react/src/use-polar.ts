/** Polar's official SDK over the session. */
import type { Connect } from '@polar-connect/browser'
import { createBrowserPolar, type BrowserPolar } from '@polar-connect/browser/polar'
import { useConnect } from './context.ts'

const clients = new WeakMap<Connect, BrowserPolar>()

/**
 * Polar's official SDK for the connection above. Each render gets the same object.
 *
 * @throws {TypeError} outside a `ConnectProvider`.
 * @example
 * const polar = usePolar()
 * const { data } = useQuery({ queryKey: ['products'], queryFn: () => polar.products.list() })
 */
export function usePolar(): BrowserPolar {
  const connect = useConnect()
  const polar = clients.get(connect) ?? createBrowserPolar(connect)
  clients.set(connect, polar)
  return polar
}
