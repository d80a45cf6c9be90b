/** A person's browser as far as HTTP can tell: a cookie jar, the headers of a page, a verifier. */
import { request, type IncomingHttpHeaders } from 'node:http'
import type { AuthorizeAnswer, SessionAnswer } from '@polar-connect/protocol'
import { Cookie, CookieJar } from 'tough-cookie'
import { answerConsent } from '../consent.ts'
import { challengeOf, randomVerifier } from '../pkce.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Each `Set-Cookie` line as it came. */
  readonly setCookies: readonly string[]
  readonly text: string
  json(): unknown
  /** The problem's code, where it is one. */
  readonly code: string | undefined
}

export interface Sent {
  /** Beside those of a page; `undefined` leaves one of them out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown
}

export interface Begun {
  readonly url: URL
  readonly state: string
  readonly verifier: string
}

export interface Finish {
  readonly code: string
  readonly state: string
  readonly iss: string
  readonly code_verifier: string
}

export interface Person {
  readonly jar: CookieJar
  send(method: string, target: string, sent?: Sent): Promise<Answer>
  post(target: string, body?: unknown): Promise<Answer>
  begin(body?: Readonly<Record<string, unknown>>): Promise<Begun>
  /** What the page would post after Polar sent the browser back. */
  come(body?: Readonly<Record<string, unknown>>): Promise<Finish>
  signIn(body?: Readonly<Record<string, unknown>>): Promise<Answer>
  session(): Promise<SessionAnswer>
  /** Our cookies by name. */
  cookies(): Promise<Map<string, string>>
  /** A browser with the same cookies that goes its own way from here. */
  copy(): Promise<Person>
}

export interface Place {
  /** Where the app is opened. */
  readonly origin: string
  /** Where it listens. */
  readonly port: () => number
  /** Hears every answer, so that what holds for all of them is checked on all of them. */
  readonly onAnswer: (answer: Answer) => void
  /** Hears every secret that the browser comes to hold. */
  readonly onSecret: (secret: string) => void
}

export function createPerson(place: Place, jar = new CookieJar()): Person {
  const { origin } = place

  const person: Person = {
    jar,

    async send(method, target, { headers = {}, body } = {}) {
      const json = body !== undefined && typeof body !== 'string'
      const all: Record<string, string | undefined> = {
        'X-CSRF': '1',
        Origin: origin,
        'Sec-Fetch-Site': 'same-origin',
        'Sec-Fetch-Mode': 'cors',
        Cookie: (await jar.getCookieString(origin)) || undefined,
        'Content-Type': json ? 'application/json' : undefined,
        ...headers,
      }
      const given = Object.entries(all).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      )
      const answer = await sendRaw(place.port(), method, target, Object.fromEntries(given), body)
      for (const line of answer.setCookies) {
        await jar.setCookie(line, origin)
        const { value } = Cookie.parse(line) ?? { value: '' }
        if (value !== '') place.onSecret(value)
      }
      place.onAnswer(answer)
      return answer
    },

    post: (target, body = {}) => person.send('POST', target, { body }),

    async begin(body = {}) {
      const verifier = randomVerifier()
      const challenge = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }
      const answer = await person.post('/bff/authorize', { ...challenge, ...body })
      if (answer.status !== 200) throw new Error(`begin: ${answer.text}`)
      const { authorization_url: url, state } = answer.json() as AuthorizeAnswer
      for (const secret of [verifier, state]) place.onSecret(secret)
      return { url: new URL(url), state, verifier }
    },

    async come(body) {
      const { url, verifier } = await person.begin(body)
      const { searchParams } = await answerConsent(url)
      const finish = { ...Object.fromEntries(searchParams), code_verifier: verifier } as Finish & {}
      place.onSecret(finish.code)
      return finish
    },

    async signIn(body) {
      return person.post('/bff/callback', await person.come(body))
    },

    async session() {
      return (await person.send('GET', '/bff/session')).json() as SessionAnswer
    },

    async cookies() {
      const cookies = await jar.getCookies(origin)
      return new Map(cookies.map(({ key, value }) => [key, value]))
    },

    async copy() {
      return createPerson(place, await jar.clone())
    },
  }
  return person
}

/** Far over all that the app lets through. */
const MAX_ANSWER = 64 * 1024 * 1024

export function sendRaw(
  port: number,
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const length = text === undefined ? {} : { 'Content-Length': Buffer.byteLength(text) }
    const all = { ...length, ...headers }
    const outgoing = request({ host: 'localhost', port, method, path: target, headers: all })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      let received = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk) => {
        received += chunk
        if (received.length > MAX_ANSWER) incoming.destroy(new Error('an answer without end'))
      })
      incoming.once('error', reject)
      incoming.once('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          setCookies: incoming.headers['set-cookie'] ?? [],
          text: received,
          json: () => JSON.parse(received) as unknown,
          code: /"code":"([a-z_]+)"/.exec(received)?.[1],
        }),
      )
    })
    outgoing.end(text)
  })
}
