/**
 * Handles the return from Polar. It runs once, even if a framework mounts the page again. It first
 * removes code and state from the address.
 */
import type { CallbackAnswer } from '@polar-connect/protocol'
import { ConnectError, hasCode } from '../errors.ts'
import { connectionOf } from '../session/connect-state.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { EXCHANGE_MS } from '../runtime/limits.ts'
import type { SessionChange } from '../session/session-change.ts'
import type { SessionState } from '../session/session-state.ts'
import type { TabTransaction, TabTransactions, TabWishes } from './transactions.ts'

/** The result of the sign-in. */
export type CallbackOutcome =
  /** Connected. `returnPath` is a checked path of the app. */
  | { readonly status: 'connected'; readonly returnPath: string }
  /** The link was used before, and there is a session. */
  | { readonly status: 'already_connected' }
  | {
      readonly status: 'failed'
      readonly error: ConnectError
      /** Pass it to `connect` for a retry with the same options and the same return path. */
      readonly retry: TabWishes & { readonly returnPath: string }
    }

/** How much of Polar's text a person sees. */
const MAX_SHOWN_LENGTH = 300

/** The link was used before or is from elsewhere. With a session, that does not matter. */
const isStale = (error: unknown) =>
  hasCode(error, 'transaction_missing', 'callback_replayed', 'missing_code')

/** The answer was lost, so the sign-in may have succeeded. */
const isUncertain = (error: unknown) =>
  hasCode(error, 'exchange_timeout', 'offline', 'server_unreachable')

/** What the BFF gets. Without a code it is a refusal. */
type Body = Readonly<Partial<Record<string, string>>>

interface CallbackOptions {
  readonly bff: BffClient
  readonly change: SessionChange
  readonly safeReturn: (path: unknown) => string
  readonly session: SessionState
  readonly transactions: TabTransactions
}

export function createCallback({
  bff,
  change,
  safeReturn,
  session,
  transactions,
}: CallbackOptions): () => Promise<CallbackOutcome> {
  let running: Promise<CallbackOutcome> | undefined

  async function complete(back: Return): Promise<CallbackOutcome> {
    const transaction = transactions.take(back['state'])
    const returnPath = safeReturn(transaction?.returnPath)
    try {
      await exchange(toBody(back, transaction))
    } catch (cause) {
      // The page waits for an outcome, so even a fault of a listener of the app becomes one.
      const known = cause instanceof ConnectError ? cause : new ConnectError('unknown')
      const connection = connectionOf(await session.look().catch(session.get))
      // S12: a used link still leads into the app
      if (connection && isStale(cause)) return { status: 'already_connected' }
      const isNew = connection && connection.id !== transaction?.before
      if (!isNew || !isUncertain(cause) || back['error']) {
        // Anyone can write a link with a description. It counts only if this tab began the sign-in.
        const description = transaction && back['error_description']?.slice(0, MAX_SHOWN_LENGTH)
        const details = { ...known.details, description }
        const error = new ConnectError(known.code, details, { cause })
        return { status: 'failed', error, retry: { ...transaction?.wishes, returnPath } }
      }
    }
    return { status: 'connected', returnPath }
  }

  /** @throws {ConnectError} if the server cannot finish this sign-in. */
  function toBody(back: Return, transaction: TabTransaction | undefined): Body {
    const { error, error_description, error_uri, code, state, iss } = back
    if (error) return { error, error_description, error_uri, state, iss }
    if (code && transaction) return { code, state, code_verifier: transaction.codeVerifier, iss }
    if (code && !state) throw new ConnectError('state_mismatch')
    throw new ConnectError(code || !state ? transactions.whyMissing(state) : 'missing_code')
  }

  /** @throws {ConnectError} the refusal of the server, `exchange_timeout`, or `cookies_blocked`. */
  async function exchange(body: Body): Promise<void> {
    const timeout = AbortSignal.timeout(EXCHANGE_MS)
    const post = async () =>
      session.announce((await bff.post<CallbackAnswer>('callback', body, timeout)).session)
    try {
      // Only a code replaces the session. Anyone can write a link with an error.
      await (body['code'] ? change.run(post) : post())
    } catch (cause) {
      throw timeout.aborted ? new ConnectError('exchange_timeout', {}, { cause }) : cause
    }
    // The sign-in succeeded. Only another call shows whether the browser kept the cookie.
    const answer = await session.read()
    if (answer.authenticated) return
    session.apply(answer)
    throw new ConnectError('cookies_blocked')
  }

  return () => {
    // On a second mount the address has no parameters: join the first run.
    if (location.search || !running) running = complete(takeReturn())
    return running
  }
}

/** The parameters of Polar's redirect. */
type Return = Readonly<Record<string, string | undefined>>

/** Reads the parameters, and removes them from the address and its history entry. */
function takeReturn(): Return {
  const parameters = new URLSearchParams(location.search)
  // S47: the code leaves the address bar
  history.replaceState(history.state, '', location.pathname)
  return Object.fromEntries(parameters)
}
