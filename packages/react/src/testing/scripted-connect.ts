/** A client whose states and answers a test sets. */
import type { CallbackOutcome, Connect, ConnectRequest, ConnectState } from '@polar-connect/browser'
import type { Connection } from '@polar-connect/protocol'

export const server = { name: 'emulator', origin: 'http://127.0.0.1:4567' } as const

export function connectionOf(more: Partial<Connection> = {}): Connection {
  const moment = '2026-11-24T12:00:00.000Z'
  return {
    id: 'one',
    subject: { type: 'organization', id: 'org', name: 'Acme Books' },
    user: { id: 'user' },
    scopes: ['openid', 'products:read'],
    requested_scopes: ['openid', 'products:read'],
    connected_at: moment,
    refreshed_at: moment,
    access_token_expires_at: moment,
    generation: 0,
    ...more,
  }
}

export const connected = (more: Partial<Connection> = {}): ConnectState => ({
  status: 'connected',
  connection: connectionOf(more),
  server,
  replaced: false,
})

export const disconnected: ConnectState = { status: 'disconnected', server, elsewhere: false }

export interface ScriptedConnect extends Connect {
  set(state: ConnectState): void
  readonly requests: ConnectRequest[]
  /** How often the session was checked. */
  checks(): number
  /** Sets what `connect` does. */
  answer(connect: () => Promise<void>): void
  /** Sets what `completeCallback` does. */
  outcome(complete: () => Promise<CallbackOutcome>): void
}

export function createScriptedConnect(initial: ConnectState): ScriptedConnect {
  let state = initial
  let checks = 0
  let opening = () => new Promise<void>(() => undefined)
  let complete = (): Promise<CallbackOutcome> => new Promise(() => undefined)
  const listeners = new Set<() => void>()
  const requests: ConnectRequest[] = []
  return {
    basePath: '/bff',
    requests,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(next) {
      state = next
      for (const listener of listeners) listener()
    },
    checks: () => checks,
    answer(next) {
      opening = next
    },
    outcome(next) {
      complete = next
    },
    connect(request = {}) {
      requests.push(request)
      return opening()
    },
    async check() {
      checks += 1
      return state
    },
    completeCallback: () => complete(),
    fetch: async () => Response.json({ items: [], pagination: { total_count: 0, max_page: 0 } }),
    refresh: async () => undefined,
    logout: async () => ({ revoked: true }),
    getPause: () => undefined,
    serverNow: () => 0,
  }
}
