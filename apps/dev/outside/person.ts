/** A person who signs in over HTTP, with an emulator behind the app. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import {
  CSRF_HEADER,
  pathOf,
  type AuthorizeAnswer,
  type SessionAnswer,
} from '@polar-connect/protocol'

/** How a call reaches the app: over a socket, or as a function. */
export type Call = (path: string, init: RequestInit) => Promise<Response>

export interface Person {
  signIn(): Promise<SessionAnswer>
  /** As the app's page would ask. */
  get(path: string): Promise<Response>
  post(path: string, body: object): Promise<Response>
  logout(): Promise<{ revoked: boolean }>
}

export function createPerson(origin: string, call: Call): Person {
  const cookies = new Map<string, string>()

  async function send(method: string, path: string, body?: object): Promise<Response> {
    const answer = await call(path, {
      method,
      redirect: 'manual',
      headers: {
        [CSRF_HEADER.name]: CSRF_HEADER.value,
        Origin: origin,
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    // One line a cookie: a server that joins them has broken both.
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }

  async function read<Answer>(answer: Response): Promise<Answer> {
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    return JSON.parse(text) as Answer
  }

  return {
    async signIn() {
      const before = cookies.size
      const codeVerifier = randomBytes(32).toString('base64url')
      const begun = await read<AuthorizeAnswer>(
        await send('POST', pathOf('authorize'), {
          code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
          code_challenge_method: 'S256',
          subject: 'user',
        }),
      )
      const back = await allow(new URL(begun.authorization_url))
      const body = { ...Object.fromEntries(back.searchParams), code_verifier: codeVerifier }
      const { session } = await read<{ session: SessionAnswer }>(
        await send('POST', pathOf('callback'), body),
      )
      assert.equal(cookies.size, before + 1, 'the session, and no sign-in under way')
      return session
    },
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    logout: async () => read(await send('POST', pathOf('logout'), {})),
  }
}

/** The press on Allow, and the address that Polar leads back to. */
async function allow(page: URL): Promise<URL> {
  const pressed = await fetch(`${page.origin}/v1/oauth2/consent${page.search}`, {
    method: 'POST',
    body: new URLSearchParams({ action: 'allow' }),
    redirect: 'manual',
  })
  return new URL(pressed.headers.get('Location') ?? '', page)
}
