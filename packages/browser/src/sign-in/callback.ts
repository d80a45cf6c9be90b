/**
 * The return from Polar. It counts once, however often a framework mounts the page, and the address
 * loses code and state before anything else happens.
 */
import type { CallbackAnswer } from '@polar-connect/protocol'
import { ConnectError, hasCode } from '../errors.ts'
import { connectionOf } from '../session/connect-state.ts'
import type { BffClient } from '../runtime/bff-client.ts'
import { EXCHANGE_MS } from '../runtime/limits.ts'
import type { SessionChange } from '../session/session-change.ts'
import type { SessionState } from '../session/session-state.ts'
import type { TabTransaction, TabTransactions, TabWishes } from './transactions.ts'

/** What became of the sign-in that brought the person to the callback page. */
export type CallbackOutcome =
  /** Connected. `returnPath` is a path of the app, checked. */
  | { readonly status: 'connected'; readonly returnPath: string }
  /** The link was used before, and there is a session. */
  | { readonly status: 'already_connected' }
  | {
      readonly status: 'failed'
      readonly error: ConnectError
      /** Pass it to `connect` for another try: it asks for the same and returns to the same page. */
      readonly retry: TabWishes & { readonly returnPath: string }
    }

/** The most that a person is shown of Polar's words. */
const MAX_SHOWN_LENGTH = 300

/** A link that was used up or came from elsewhere. With a session it does not matter. */
const isStale = (error: ConnectError) =>
  hasCode(error, 'transaction_missing', 'callback_replayed', 'missing_code')

/** The answer was lost: the server may have signed in. */
const isUncertain = (error: ConnectError) =>
  hasCode(error, 'exchange_timeout', 'offline', 'server_unreachable')

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
      if (!(cause instanceof ConnectError)) throw cause
      const connection = connectionOf(await session.look())
      // S12: a used link still leads into the app
      if (connection && isStale(cause)) return { status: 'already_connected' }
      const isNew = connection && connection.id !== transaction?.before
      if (!isNew || !isUncertain(cause) || back['error']) {
        // Anyone can write a link with a description: it counts only if this tab began the sign-in.
        const description = transaction && back['error_description']?.slice(0, MAX_SHOWN_LENGTH)
        const error = new ConnectError(cause.code, { ...cause.details, description }, { cause })
        return { status: 'failed', error, retry: { ...transaction?.wishes, returnPath } }
      }
    }
    return { status: 'connected', returnPath }
  }

  /** @throws {ConnectError} if there is nothing that the server could finish. */
  function toBody(back: Return, transaction: TabTransaction | undefined): object {
    const { error, error_description, error_uri, code, state, iss } = back
    if (error) return { error, error_description, error_uri, state, iss }
    if (code && transaction) return { code, state, code_verifier: transaction.codeVerifier, iss }
    if (code && !state) throw new ConnectError('state_mismatch')
    throw new ConnectError(code || !state ? transactions.whyMissing(state) : 'missing_code')
  }

  /** @throws {ConnectError} what the server refused, `exchange_timeout`, or `cookies_blocked`. */
  async function exchange(body: object): Promise<void> {
    const timeout = AbortSignal.timeout(EXCHANGE_MS)
    try {
      await change.run(async () => {
        const answer = await bff.post<CallbackAnswer>('callback', body, timeout)
        session.announce(answer.session)
      })
    } catch (cause) {
      if (timeout.aborted) throw new ConnectError('exchange_timeout', {}, { cause })
      throw cause
    }
    // It worked. Whether the browser kept the cookie, only another call can tell.
    const answer = await session.read()
    if (answer.authenticated) return
    session.apply(answer)
    throw new ConnectError('cookies_blocked')
  }

  return () => {
    // A second mount finds the address clean and joins the first.
    if (location.search !== '' || running === undefined) running = complete(takeReturn())
    return running
  }
}

/** What Polar put into the address. */
type Return = Readonly<Record<string, string | undefined>>

/** Reads the parameters of the redirect, and takes them out of the address and its history entry. */
function takeReturn(): Return {
  const parameters = new URLSearchParams(location.search)
  // S47: the code leaves the address bar
  history.replaceState(history.state, '', location.pathname)
  return Object.fromEntries(parameters)
}
