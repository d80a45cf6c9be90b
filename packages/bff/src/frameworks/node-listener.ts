/** The way from a Node server's request to the BFF and back. */
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Bff } from '../create-bff.ts'
import type { PlainRequest } from '../runtime/incoming.ts'

export type NodeRequest = HttpBindings['incoming']
export type NodeResponse = HttpBindings['outgoing']

/** @returns answers one request. `known` is what its framework calls it, for `owner`. */
export function createNodeListener(bff: Pick<Bff, 'fetch'>) {
  const frameworks = new WeakMap<object, PlainRequest>()
  const listener = getRequestListener(
    (request, bindings) => {
      const frameworkRequest = frameworks.get(bindings.incoming)
      return bff.fetch(request, { ...bindings, frameworkRequest })
    },
    // The app's own Request and Response stay what they are.
    { overrideGlobalObjects: false },
  )
  return (request: NodeRequest, response: NodeResponse, known: PlainRequest): Promise<void> => {
    frameworks.set(request, known)
    return listener(request, response)
  }
}
