/**
 * Our cookies: their names, the attributes that every one of them carries, and a reading of the
 * request's header that takes nothing for ours that a careless parser might.
 */
import type { Context } from 'hono'
import { parse, serialize } from 'hono/utils/cookie'
import { BffError } from '../errors/bff-error.ts'

/** Four sign-ins may be under way in one browser; a fifth takes the place of the oldest. */
// S11: four sign-ins at once
export const TRANSACTION_SLOTS = [0, 1, 2, 3] as const

export type TransactionSlot = (typeof TRANSACTION_SLOTS)[number]

const MAX_HEADER_LENGTH = 16_384
const MAX_PAIRS = 64

export interface CookieJar {
  readonly sessionName: string
  /** What every cookie carries, as the header writes it. */
  readonly attributes: string
  /** Ours as they came in the request. A name that occurs twice counts as absent. */
  read(c: Context): RequestCookies
  setSession(c: Context, sealed: string, maxAgeSeconds: number): void
  clearSession(c: Context): void
  setTransaction(c: Context, slot: TransactionSlot, sealed: string, maxAgeSeconds: number): void
  clearTransaction(c: Context, slot: TransactionSlot): void
  /** One that means nothing, to see whether the browser brings it back. */
  setProbe(c: Context, maxAgeSeconds: number): void
}

interface RequestCookies {
  readonly session: string | undefined
  readonly transactions: ReadonlyMap<TransactionSlot, string>
  readonly probe: string | undefined
}

/**
 * `__Host-Http-` cookies (layered cookies, §4.1.3) for an app at `appOrigin`. On loopback `http:`
 * alone the name holds the port, which cookies otherwise ignore, and `Secure` is left out, since
 * Safari stores no Secure cookie there.
 */
export function createCookieJar(appOrigin: string, sameSite: 'Strict' | 'Lax'): CookieJar {
  const { protocol, port } = new URL(appOrigin)
  const secure = protocol === 'https:'
  const sessionName = secure ? '__Host-Http-polar_connect' : `polar_connect_${port || '80'}`
  // S20: script cannot read it
  const attributes = { path: '/', httpOnly: true, secure, sameSite } as const
  const probeName = `${sessionName}_probe`
  const transactionName = (slot: TransactionSlot) => `${sessionName}_tx_${slot}`
  const set = (c: Context, name: string, value: string, maxAge: number) => {
    c.header('Set-Cookie', serialize(name, value, { ...attributes, maxAge }), { append: true })
  }
  return {
    sessionName,
    attributes: `HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=${sameSite}; Path=/`,
    read(c) {
      const cookies = readHeader(c.req.header('Cookie') ?? '')
      const transactions = new Map<TransactionSlot, string>()
      for (const slot of TRANSACTION_SLOTS) {
        const value = cookies.get(transactionName(slot))
        if (value !== undefined) transactions.set(slot, value)
      }
      return { session: cookies.get(sessionName), transactions, probe: cookies.get(probeName) }
    },
    setSession: (c, sealed, maxAge) => set(c, sessionName, sealed, maxAge),
    clearSession: (c) => set(c, sessionName, '', 0),
    setTransaction: (c, slot, sealed, maxAge) => set(c, transactionName(slot), sealed, maxAge),
    clearTransaction: (c, slot) => set(c, transactionName(slot), '', 0),
    setProbe: (c, maxAge) => set(c, probeName, '1', maxAge),
  }
}

/** @throws {BffError} `headers_too_large` for more than 16 KB or 64 pairs. */
function readHeader(header: string): Map<string, string> {
  const pairs = header.split(';')
  if (header.length > MAX_HEADER_LENGTH || pairs.length > MAX_PAIRS) {
    throw new BffError('headers_too_large', 'more cookies than a browser of ours could hold')
  }
  const cookies = new Map<string, string>()
  const repeated = new Set<string>()
  for (const pair of pairs) {
    // A sealed value has no `%`: the parser's percent-decoding must not make one look like ours.
    // S27: our values need no percent-decoding
    if (pair.includes('%')) continue
    for (const [name, value] of Object.entries(parse(pair))) {
      if (cookies.has(name)) repeated.add(name)
      cookies.set(name, value)
    }
  }
  // S27: a name that occurs twice is ambiguous
  for (const name of repeated) cookies.delete(name)
  return cookies
}
