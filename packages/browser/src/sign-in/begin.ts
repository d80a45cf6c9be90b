/** The first half of a sign-in: from the button to Polar's consent page. */
import type { AuthorizeAnswer, AuthorizeRequest } from '@polar-connect/protocol'
import { ConnectError } from '../errors.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { singleFlight } from '../runtime/single-flight.ts'
import type { Tabs } from '../runtime/tabs.ts'
import { webCrypto } from '../runtime/web-apis.ts'
import { connectionOf } from '../session/connect-state.ts'
import type { SessionState } from '../session/session-state.ts'
import { createCodeVerifier, toCodeChallenge } from './pkce.ts'
import { parseUrl } from './return-path.ts'
import type { TabTransactions } from './transactions.ts'

/** What to connect. Everything has a default. */
export interface ConnectRequest extends Omit<
  AuthorizeRequest,
  'code_challenge' | 'code_challenge_method'
> {
  /** The path of the app to return to. Default: the current page. */
  readonly returnPath?: string | undefined
}

/** The path of Polar's authorization page, on every server. */
const AUTHORIZE_PATH = '/oauth2/authorize'

export function createBegin({
  bff,
  navigate,
  safeReturn,
  session,
  tabs,
  transactions,
}: {
  readonly bff: BffClient
  readonly safeReturn: (path: unknown) => string
  readonly navigate: (url: string) => void
  readonly session: SessionState
  readonly tabs: Tabs
  readonly transactions: TabTransactions
}): (request?: ConnectRequest) => Promise<void> {
  return singleFlight(async ({ returnPath, ...wishes }: ConnectRequest = {}) => {
    const known = session.get()
    const state = 'server' in known ? known : await session.check()
    if (!('server' in state)) {
      throw 'error' in state ? state.error : new ConnectError('server_unreachable')
    }
    // After the session check: if this address is wrong, that error names the right one.
    const subtle = webCrypto()
    if (!subtle) throw new ConnectError('insecure_context')
    const codeVerifier = createCodeVerifier()
    // One tab at a time: two at once would use the same cookie slot of the server.
    const answer = await tabs.exclusively('begin', async () =>
      bff.post<AuthorizeAnswer>('authorize', {
        code_challenge: await toCodeChallenge(codeVerifier, subtle),
        code_challenge_method: 'S256',
        ...wishes,
      }),
    )
    const url = parseUrl(answer.authorization_url)
    // S19: only Polar's authorization page
    if (url?.origin !== state.server.origin || url.pathname !== AUTHORIZE_PATH) {
      throw new ConnectError('authorization_url_refused')
    }
    const path = safeReturn(returnPath ?? location.href.slice(location.origin.length))
    const { prompt: _prompt, ...kept } = wishes
    const isKept = transactions.keep(answer.state, {
      codeVerifier,
      returnPath: path,
      wishes: kept,
      before: connectionOf(session.get())?.id,
    })
    if (!isKept) throw new ConnectError('storage_blocked')
    navigate(url.href)
  })
}
