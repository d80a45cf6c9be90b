/** Shows one component in one state of the app, apart from all others. */
import { createConnect, type Connect, type ConnectState } from '@polar-connect/browser'
import { ConnectProvider } from '@polar-connect/react'
import { QueryClient } from '@tanstack/react-query'
import { Suspense, useState, type ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { createNetwork, type Network } from '../data/network.ts'
import { NetworkContext } from '../data/use-network.ts'
import { AnnouncerProvider } from '../parts/announcer.tsx'
import { LeaveProvider } from '../parts/leave.tsx'
import { CONNECTED } from './fixtures.ts'

/** The server's answer to a call. */
export type Answer = (
  path: string,
  query: URLSearchParams,
  method: string,
) => Response | Promise<Response>

export interface StageProps {
  readonly state?: ConnectState
  readonly path?: string
  /** The state of the history entry. */
  readonly entryState?: unknown
  /** By default the server never answers. */
  readonly answer?: Answer
  readonly offline?: boolean
  /** The difference between the server's clock and this computer's. */
  readonly skewMs?: number
  readonly children: ReactNode
}

export function Stage(props: StageProps): ReactNode {
  const { path = '/', entryState, children } = props
  const [{ connect, network, queryClient }] = useState(() => createWorld(props))
  return (
    <MemoryRouter initialEntries={[{ ...toLocation(path), state: entryState }]}>
      <NetworkContext value={network}>
        <ConnectProvider connect={connect} queryClient={queryClient} navigate={() => undefined}>
          <AnnouncerProvider>
            <LeaveProvider>
              <Suspense fallback={<p aria-busy="true" />}>{children}</Suspense>
            </LeaveProvider>
          </AnnouncerProvider>
        </ConnectProvider>
      </NetworkContext>
    </MemoryRouter>
  )
}

function toLocation(path: string): { readonly pathname: string; readonly search: string } {
  const { pathname, search } = new URL(path, location.origin)
  return { pathname, search }
}

const never = () => new Promise<never>(() => undefined)

function createWorld({ state = CONNECTED, answer = never, offline, skewMs = 0 }: StageProps): {
  readonly connect: Connect
  readonly network: Network
  readonly queryClient: QueryClient
} {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url, method } = new Request(input, init)
    const { pathname, searchParams } = new URL(url)
    return answer(pathname, searchParams, method)
  }
  const network = createNetwork({ fetch, online: () => true, now: Date.now })
  const alone = {
    exclusively: <Result,>(_: string, work: () => Promise<Result>) => work(),
    alongside: <Result,>(work: () => Promise<Result>) => work(),
    send: () => undefined,
    listen: () => undefined,
  }
  const connect: Connect = {
    ...createConnect({ fetch, tabs: alone, navigate: () => undefined }),
    // It stays as it is, also after a click.
    getState: () => state,
    subscribe: () => () => undefined,
    check: async () => state,
    connect: never,
    logout: never,
    serverNow: () => Date.now() + skewMs,
  }
  const queries = { retry: false, staleTime: Infinity, networkMode: 'always' } as const
  return {
    connect,
    network: offline ? { ...network, isOffline: () => true } : network,
    queryClient: new QueryClient({ defaultOptions: { queries } }),
  }
}
