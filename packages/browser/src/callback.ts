/**
 * The return from Polar. It counts once, however often a framework mounts the page, and the address
 * loses code and state before anything else happens.
 */
import type { CallbackRequest } from '@polar-connect/protocol'
import type { ConnectState } from './connect-state.ts'
import { ConnectError, type ErrorCode } from './errors.ts'
import { safeReturnPath } from './return-path.ts'
import type { TabTransactions, TabWishes } from './transactions.ts'

export type CallbackOutcome =
  | { readonly status: 'connected'; readonly returnPath: string }
  /** The link was used before, and the session that it made lives. */
  | { readonly status: 'already_connected' }
  | {
      readonly status: 'failed'
      readonly error: ConnectError
      /** For `connect`: asks for the same again, and goes on at the same place. */
      readonly retry: TabWishes & { readonly returnPath: string }
    }

const TIMEOUT_MS = 20_000
/** The most that a person is shown, and the most that the server takes. */
const MAX_DESCRIPTION_LENGTH = 300
const MAX_POSTED_LENGTH = 2048

interface CallbackWorld {
  readonly transactions: TabTransactions
  readonly check: () => Promise<ConnectState>
  readonly exchange: (body: CallbackRequest, signal: AbortSignal) => Promise<void>
  readonly confirm: () => Promise<boolean>
}

export function createCallback(world: CallbackWorld): () => Promise<CallbackOutcome> {
  let running: Promise<CallbackOutcome> | undefined
  return () => {
    // A second mount finds the address already clean: it joins the first.
    if (location.search !== '' || running === undefined) running = complete(takeReturn(), world)
    return running
  }
}

interface Return {
  readonly error: string | undefined
  readonly description: string | undefined
  readonly uri: string | undefined
  readonly code: string | undefined
  readonly state: string | undefined
  readonly iss: string | undefined
  /** Whether this history entry gave its parameters before: a reload, or a step back. */
  readonly again: boolean
}

/** The parameters of the redirect, taken out of the address and its history entry. */
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

async function complete(back: Return, world: CallbackWorld): Promise<CallbackOutcome> {
  const { transactions } = world
  const transaction = back.state === undefined ? undefined : transactions.take(back.state)
  const returnPath = safeReturnPath(transaction?.returnPath, location.origin)
  try {
    await inTime(toBody(back, transaction?.codeVerifier, transactions), world)
    if (!(await world.confirm())) throw new ConnectError('cookies_blocked')
    return { status: 'connected', returnPath }
  } catch (cause) {
    if (!(cause instanceof ConnectError)) throw cause
    // S12: a used link still leads into the app
    if (STALE.has(cause.code) && (await world.check()).status === 'connected') {
      return { status: 'already_connected' }
    }
    const description = back.description?.slice(0, MAX_DESCRIPTION_LENGTH)
    // Anybody can write a link with a description: it counts when the sign-in was ours.
    const trusted = transaction !== undefined && description !== undefined
    const details = trusted ? { ...cause.details, description } : cause.details
    const error = new ConnectError(cause.code, details, { cause })
    return { status: 'failed', error, retry: { ...transaction?.wishes, returnPath } }
  }
}

/** Failures of a link that was used up or came from elsewhere: a living session makes them moot. */
const STALE: ReadonlySet<ErrorCode> = new Set([
  'transaction_missing',
  'callback_replayed',
  'missing_code',
])

/** @throws {ConnectError} when there is nothing that the BFF could finish. */
function toBody(
  { error, description, uri, code, state, iss, again }: Return,
  codeVerifier: string | undefined,
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
  if (codeVerifier === undefined) {
    if (transactions.wasTaken(state)) throw new ConnectError('callback_replayed')
    throw new ConnectError(transactions.hasPending() ? 'state_mismatch' : 'transaction_missing')
  }
  return { code, state, code_verifier: codeVerifier, ...from }
}

async function inTime(body: CallbackRequest, world: CallbackWorld): Promise<void> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    await world.exchange(body, timeout)
  } catch (cause) {
    if (timeout.aborted) throw new ConnectError('exchange_timeout', {}, { cause })
    throw cause
  }
}
