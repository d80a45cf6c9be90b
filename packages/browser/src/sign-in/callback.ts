/**
 * The return from Polar. It counts once, however often a framework mounts the page, and the address
 * loses code and state before anything else happens.
 */
import type { CallbackRequest } from '@polar-connect/protocol'
import { ConnectError, type ErrorCode } from '../errors.ts'
import { connectionOf } from '../session/connect-state.ts'
import { unlessLeaving } from '../runtime/leaving.ts'
import type { SessionState } from '../session/session-state.ts'
import { safeReturnPath } from './return-path.ts'
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

const TIMEOUT_MS = 20_000
/** The most that a person is shown, and the most that the server takes. */
const MAX_SHOWN_LENGTH = 300
const MAX_POSTED_LENGTH = 2048

/** Failures of a link that was used up or came from elsewhere. With a session they do not matter. */
const STALE: ReadonlySet<ErrorCode> = new Set([
  'transaction_missing',
  'callback_replayed',
  'missing_code',
])

/** Failures that leave open whether the server signed in: its answer was lost. */
const UNCERTAIN: ReadonlySet<ErrorCode> = new Set([
  'exchange_timeout',
  'offline',
  'server_unreachable',
])

interface CallbackOptions {
  readonly exchange: (body: CallbackRequest, signal: AbortSignal) => Promise<void>
  readonly session: SessionState
  readonly transactions: TabTransactions
}

export function createCallback(options: CallbackOptions): () => Promise<CallbackOutcome> {
  let running: Promise<CallbackOutcome> | undefined
  return () => {
    // A second mount finds the address clean and joins the first.
    if (location.search !== '' || running === undefined) {
      running = unlessLeaving(complete(takeReturn(), options))
    }
    return running
  }
}

/** What Polar put into the address. */
interface Return {
  readonly error: string | undefined
  readonly description: string | undefined
  readonly uri: string | undefined
  readonly code: string | undefined
  readonly state: string | undefined
  readonly iss: string | undefined
  /** Whether this history entry was read before: a reload, or a step back. */
  readonly again: boolean
}

/** Reads the parameters of the redirect, and takes them out of the address and its history entry. */
function takeReturn(): Return {
  const parameters = new URLSearchParams(location.search)
  const one = (name: string) => parameters.get(name) || undefined
  const marked = (history.state as { polarConnect?: string } | null)?.polarConnect === 'returned'
  // S47: the code leaves the address bar
  history.replaceState({ polarConnect: 'returned' }, '', location.pathname)
  return {
    error: one('error')?.slice(0, 128),
    description: one('error_description')?.slice(0, MAX_POSTED_LENGTH),
    uri: one('error_uri')?.slice(0, MAX_POSTED_LENGTH),
    code: one('code'),
    state: one('state'),
    iss: one('iss'),
    again: marked && parameters.size === 0,
  }
}

async function complete(back: Return, options: CallbackOptions): Promise<CallbackOutcome> {
  const { session, transactions } = options
  const transaction = back.state === undefined ? undefined : transactions.take(back.state)
  const returnPath = safeReturnPath(transaction?.returnPath, location.origin)
  try {
    await exchange(toBody(back, transaction, transactions), options)
    return { status: 'connected', returnPath }
  } catch (cause) {
    if (!(cause instanceof ConnectError)) throw cause
    if (back.error === undefined && UNCERTAIN.has(cause.code)) {
      const connection = connectionOf(await session.look())
      if (connection !== undefined && connection.id !== transaction?.before) {
        return { status: 'connected', returnPath }
      }
    }
    // S12: a used link still leads into the app
    if (STALE.has(cause.code) && (await session.check()).status === 'connected') {
      return { status: 'already_connected' }
    }
    const description = back.description?.slice(0, MAX_SHOWN_LENGTH)
    // Anyone can write a link with a description: it counts only if this tab began the sign-in.
    const trusted = transaction !== undefined && description !== undefined
    const details = trusted ? { ...cause.details, description } : cause.details
    const error = new ConnectError(cause.code, details, { cause })
    return { status: 'failed', error, retry: { ...transaction?.wishes, returnPath } }
  }
}

/** @throws {ConnectError} if there is nothing that the server could finish. */
function toBody(
  { error, description, uri, code, state, iss, again }: Return,
  transaction: TabTransaction | undefined,
  transactions: TabTransactions,
): CallbackRequest {
  const from = iss !== undefined && { iss }
  if (error !== undefined) {
    return {
      error,
      ...(description !== undefined && { error_description: description }),
      ...(uri !== undefined && { error_uri: uri }),
      ...(state !== undefined && { state }),
      ...from,
    }
  }
  if (again) throw new ConnectError('callback_replayed')
  if (code === undefined) throw new ConnectError('missing_code')
  if (state === undefined) throw new ConnectError('state_mismatch')
  if (transaction === undefined) {
    if (transactions.wasTaken(state)) throw new ConnectError('callback_replayed')
    throw new ConnectError(transactions.hasPending() ? 'state_mismatch' : 'transaction_missing')
  }
  return { code, state, code_verifier: transaction.codeVerifier, ...from }
}

/** @throws {ConnectError} what the server refused, `exchange_timeout`, or `cookies_blocked`. */
async function exchange(
  body: CallbackRequest,
  { exchange: post, session }: CallbackOptions,
): Promise<void> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    await post(body, timeout)
  } catch (cause) {
    if (timeout.aborted) throw new ConnectError('exchange_timeout', {}, { cause })
    throw cause
  }
  // The answer said that it worked. Whether the browser kept the cookie, only another call can tell.
  const answer = await session.read()
  if (answer.authenticated) return
  session.apply(answer)
  throw new ConnectError('cookies_blocked')
}
