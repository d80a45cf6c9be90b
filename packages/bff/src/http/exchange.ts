/** One request and what its answer takes along, whichever framework carries them. */
import type { Context } from 'hono'
import { parse } from 'hono/utils/cookie'
import { BffError } from '../errors/bff-error.ts'
import type { Incoming } from '../runtime/incoming.ts'
import { keepAliveOf, type KeepAlive } from '../runtime/keep-alive.ts'

const MAX_HEADER_LENGTH = 16_384
const MAX_PAIRS = 64

export interface Exchange {
  readonly incoming: Incoming
  /**
   * The request's cookies by name. A name that occurs twice counts as absent.
   *
   * @throws {BffError} `headers_too_large`.
   */
  cookies(): ReadonlyMap<string, string>
  /** Adds one `Set-Cookie` line to the answer. */
  setCookie(line: string): void
  readonly keepAlive: KeepAlive
}

export function exchangeOf(c: Context): Exchange {
  let cookies: ReadonlyMap<string, string> | undefined
  return {
    incoming: c,
    cookies: () => (cookies ??= readCookies(c.req.header('Cookie') ?? '')),
    setCookie: (line) => c.header('Set-Cookie', line, { append: true }),
    keepAlive: keepAliveOf(c),
  }
}

/** Strict: it rejects malformed pairs that a careless parser takes for our cookies. */
function readCookies(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(';')
  if (header.length > MAX_HEADER_LENGTH || pairs.length > MAX_PAIRS) {
    throw new BffError('headers_too_large', 'more cookies than a browser of ours could hold')
  }
  const cookies = new Map<string, string>()
  const repeated = new Set<string>()
  for (const pair of pairs) {
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
