/** One request, and the cookies of its answer, in any framework. */
import { parse, serialize } from 'hono/utils/cookie'
import { BffError } from '../errors/bff-error.ts'
import { headerOf, isContext, type Incoming } from '../runtime/incoming.ts'
import { keepAliveOf } from '../runtime/keep-alive.ts'

const MAX_HEADER_LENGTH = 16_384
/** Other apps of the domain set cookies too. Browsers keep up to 180 a site. */
const MAX_PAIRS = 256

/** A cookie that an answer sets. The members beside `header` are what Next and others call options. */
export interface AnswerCookie {
  readonly name: string
  readonly value: string
  readonly path: '/'
  readonly httpOnly: true
  readonly secure: boolean
  readonly sameSite: 'strict' | 'lax'
  /** Seconds. */
  readonly maxAge: number
  /** All of it as a `Set-Cookie` line. */
  readonly header: string
}

export type Exchange = ReturnType<typeof exchangeOf>

export function exchangeOf(incoming: Incoming) {
  let cookies: ReadonlyMap<string, string | undefined> | undefined
  /** The cookies of the answer so far, by name. */
  const answered = new Map<string, AnswerCookie>()
  return {
    incoming,
    /**
     * The request's cookies by name. A name that occurs twice counts as absent.
     *
     * @throws {BffError} `headers_too_large`.
     */
    cookies: () => (cookies ??= readCookies(headerOf(incoming, 'cookie') ?? '')),
    /** Adds a cookie to the answer. */
    setCookie(cookie: Omit<AnswerCookie, 'header'>): void {
      const header = serialize(cookie.name, cookie.value, cookie)
      answered.set(cookie.name, { ...cookie, header })
      if (isContext(incoming)) incoming.header('Set-Cookie', header, { append: true })
    },
    answered,
    /** The sign-in that the request finishes, once it is known. */
    signIn: undefined as string | undefined,
    keepAlive: keepAliveOf(incoming),
  }
}

/** Strict: it rejects malformed pairs that a careless parser takes for our cookies. */
function readCookies(header: string): ReadonlyMap<string, string | undefined> {
  const pairs = header.split(';')
  if (header.length > MAX_HEADER_LENGTH || pairs.length > MAX_PAIRS) {
    throw new BffError('headers_too_large', 'more cookies than a browser sends')
  }
  const cookies = new Map<string, string | undefined>()
  for (const pair of pairs) {
    // S27: our values need no percent-decoding
    if (pair.includes('%')) continue
    const parsed = parse(pair)
    for (const name in parsed) {
      // S27: a name that occurs twice is ambiguous
      cookies.set(name, cookies.has(name) ? undefined : parsed[name])
    }
  }
  return cookies
}
