/** A browser as far as the BFF can tell: a cookie jar, the headers of a page, and a code verifier. */
import type {
  AuthorizeAnswer,
  AuthorizeRequest,
  CallbackAnswer,
  SessionAnswer,
} from '@polar-connect/protocol'
import type { Bff } from '../create-bff.ts'
import { randomToken, s256 } from '../runtime/random.ts'

export interface Begun {
  readonly url: URL
  readonly state: string
  readonly codeVerifier: string
}

export interface TestBrowser {
  readonly cookies: Map<string, string>
  /** Every `Set-Cookie` header line that came. */
  readonly setCookies: string[]
  fetch(path: string, init?: RequestInit): Promise<Response>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  begin(body?: Partial<AuthorizeRequest>): Promise<Begun>
  /** Goes through a whole sign-in; `allow` plays the person at Polar and gives the redirect back. */
  signIn(
    allow: (authorizationUrl: URL) => Promise<URL>,
    body?: Partial<AuthorizeRequest>,
  ): Promise<Response>
  session(): Promise<SessionAnswer>
  /** A browser with the same cookies that goes its own way from here, through `bff`. */
  copy(bff: Pick<Bff, 'fetch'>): TestBrowser
}

export function createTestBrowser(
  bff: Pick<Bff, 'fetch'>,
  origin = 'https://app.example',
  basePath = '/bff',
): TestBrowser {
  const cookies = new Map<string, string>()
  const setCookies: string[] = []

  function keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      setCookies.push(line)
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/; Max-Age=0(;|$)/.test(line)) cookies.delete(name)
      else cookies.set(name, pair.slice(name.length + 1))
    }
    return response
  }

  const browser: TestBrowser = {
    cookies,
    setCookies,

    async fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      if (!headers.has('X-CSRF')) headers.set('X-CSRF', '1')
      headers.set('Origin', origin)
      headers.set('Sec-Fetch-Site', 'same-origin')
      const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      if (jar !== '') headers.set('Cookie', jar)
      return keep(await bff.fetch(new Request(`${origin}${path}`, { ...init, headers })))
    },

    post(path, body = {}, headers = {}) {
      return browser.fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    },

    async begin(body = {}) {
      const codeVerifier = randomToken()
      const response = await browser.post(`${basePath}/authorize`, {
        code_challenge: await s256(codeVerifier),
        code_challenge_method: 'S256',
        ...body,
      })
      if (!response.ok) throw new Error(`begin: ${await response.text()}`)
      const answer = (await response.json()) as AuthorizeAnswer
      return { url: new URL(answer.authorization_url), state: answer.state, codeVerifier }
    },

    async signIn(allow, body) {
      const { url, codeVerifier } = await browser.begin(body)
      const { searchParams } = await allow(url)
      const parameters = Object.fromEntries(searchParams)
      return browser.post(
        `${basePath}/callback`,
        'error' in parameters ? parameters : { ...parameters, code_verifier: codeVerifier },
      )
    },

    async session() {
      const response = await browser.fetch(`${basePath}/session`)
      return (await response.json()) as SessionAnswer
    },

    copy(other) {
      const twin = createTestBrowser(other, origin, basePath)
      for (const [name, value] of cookies) twin.cookies.set(name, value)
      return twin
    },
  }
  return browser
}

/** The session of a successful callback or refresh. */
export async function sessionOf(response: Response): Promise<SessionAnswer> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return ((await response.json()) as CallbackAnswer).session
}
