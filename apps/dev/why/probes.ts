/**
 * What docs/why.md asks of both apps, from outside and by the numbers of docs/security.md: those that
 * any app that connects to Polar can be asked.
 */
import { head, sendBytes } from '../../web/e2e/security/raw-socket.ts'
import { startPolarFront } from '../../web/e2e/security/polar-front.ts'
import { RAW_TARGETS, TEMPLATES, UNLISTED } from '../../web/e2e/security/targets.ts'
import { LINKS, PRODUCTS, type Scene } from './scene.ts'
import { ORIGIN } from './apps.ts'

export interface Probe {
  readonly number: number
  readonly asks: string
  /** `undefined` where there is nothing of the kind in the app. */
  holds(scene: Scene): Promise<boolean | undefined>
}

export const TEN_DAYS = 10 * 86_400

const exchanges = ({ polar }: Scene) => polar.tokenRequests('authorization_code')

/** Whether what a page elsewhere sends without a preflight, with the cookies a browser adds, does nothing. */
async function ignores(scene: Scene, from: 'cross-site' | 'same-site'): Promise<boolean> {
  const { app } = scene
  const person = await scene.signedIn()
  const sameSiteContext = from === 'same-site' ? 'strict' : 'none'
  const headers = {
    'X-CSRF': undefined,
    'X-Forwarded-Proto': 'https',
    'Content-Type': 'text/plain',
    Origin: from === 'same-site' ? 'https://old.app.example' : 'https://evil.example',
    'Sec-Fetch-Site': from,
    'Sec-Fetch-Mode': 'no-cors',
    Cookie: (await person.jar.getCookieString(ORIGIN, { sameSiteContext })) || undefined,
  }
  // Its own jar: a browser takes no cookie from an answer to such a request either.
  const elsewhere = await person.copy()
  await elsewhere.send('POST', app.paths.api + LINKS, { headers, body: '{}' })
  const reached = await scene.reached()
  for (const method of ['GET', 'POST']) await elsewhere.send(method, app.paths.logout, { headers })
  return reached === 0 && scene.isConnected(person)
}

export const PROBES: readonly Probe[] = [
  {
    number: 1,
    asks: 'A callback from another browser is refused, and the one that began still gets in',
    async holds(scene) {
      const [person, other] = [scene.newcomer(), scene.newcomer()]
      const finish = await scene.come(person)
      await scene.app.finish(other, finish)
      // Nor with a sign-in of its own under way.
      await scene.app.begin(other)
      await scene.app.finish(other, finish)
      const refused = (await exchanges(scene)) === 0 && !(await scene.isConnected(other))
      await scene.app.finish(person, finish)
      return refused && scene.isConnected(person)
    },
  },
  {
    number: 2,
    asks: 'A callback that comes twice at once is one exchange',
    async holds(scene) {
      const person = scene.newcomer()
      const finish = await scene.come(person)
      const slow = { grant_type: 'authorization_code', delay_ms: 300, times: 1 }
      await scene.polar.control('POST', '/faults', slow)
      await Promise.all([scene.app.finish(person, finish), scene.app.finish(person, finish)])
      return (await exchanges(scene)) === 1
    },
  },
  {
    number: 4,
    asks: 'A verifier that is not the one of the beginning is refused before Polar is asked',
    async holds(scene) {
      const person = scene.newcomer()
      const { code_verifier: verifier, ...finish } = await scene.come(person)
      if (verifier === undefined) return undefined
      const altered = (verifier.startsWith('A') ? 'B' : 'A') + verifier.slice(1)
      const { status } = await scene.app.finish(person, { ...finish, code_verifier: altered })
      return status >= 400 && (await exchanges(scene)) === 0
    },
  },
  {
    number: 5,
    asks: 'An unknown, empty, missing or endless state is refused before Polar is asked',
    async holds(scene) {
      for (const state of ['unknown', '', undefined, 'x'.repeat(10_000)]) {
        const person = scene.newcomer()
        const { state: _, ...finish } = await scene.come(person)
        await scene.app.finish(person, { ...finish, ...(state !== undefined && { state }) })
        if (await scene.isConnected(person)) return false
      }
      return (await exchanges(scene)) === 0
    },
  },
  {
    number: 13,
    asks: 'A page of another site can neither call Polar nor log anybody out',
    holds: (scene) => ignores(scene, 'cross-site'),
  },
  {
    number: 14,
    asks: 'Nor can a page of a sibling host',
    holds: (scene) => ignores(scene, 'same-site'),
  },
  {
    number: 17,
    asks: 'A link or a prefetch neither logs out nor begins a sign-in',
    async holds(scene) {
      const { begin, logout } = scene.app.paths
      const person = await scene.signedIn()
      const headers = {
        'X-CSRF': undefined,
        Origin: undefined,
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'navigate',
      }
      const visited = await scene.newcomer().send('GET', begin, { headers })
      const Cookie = await person.jar.getCookieString(ORIGIN, { sameSiteContext: 'lax' })
      await person.send('GET', logout, { headers: { ...headers, Cookie } })
      return visited.setCookies.length === 0 && scene.isConnected(person)
    },
  },
  {
    number: 20,
    asks: 'Every cookie is `__Host-`, `Secure`, `HttpOnly` and `SameSite`',
    async holds(scene) {
      const person = scene.newcomer()
      const { setCookies } = await scene.app.finish(person, await scene.come(person))
      return (
        setCookies.length > 0 &&
        setCookies.every(
          (line) =>
            line.startsWith('__Host-') &&
            ['Secure', 'HttpOnly', 'Path=/'].every((part) => line.split('; ').includes(part)) &&
            /; SameSite=(Strict|Lax)/.test(line) &&
            !line.includes('Domain='),
        )
      )
    },
  },
  {
    number: 22,
    asks: 'No cookie can be read or altered',
    async holds(scene) {
      const person = await scene.signedIn()
      const tokens = await scene.polar.tokens()
      for (const [key, value] of await person.cookies()) {
        const parts = decodeURIComponent(value).split('.')
        const read = [value, ...parts.map((part) => Buffer.from(part, 'base64').toString())].join()
        if (tokens.some((token) => read.includes(token))) return false
        const middle = Math.floor(value.length / 2)
        const other = value[middle] === 'A' ? 'B' : 'A'
        const altered = value.slice(0, middle) + other + value.slice(middle + 1)
        const headers = { Cookie: `${key}=${altered}` }
        if ((await scene.call(person, PRODUCTS, { headers })).status === 200) return false
      }
      return true
    },
  },
  {
    number: 24,
    asks: 'A sign-in makes the session cookie anew',
    async holds(scene) {
      const person = await scene.signedIn()
      const before = await person.cookies()
      await scene.app.finish(person, await scene.come(person))
      const after = await person.cookies()
      return [...after].every(([name, value]) => before.get(name) !== value)
    },
  },
  {
    number: 28,
    asks: 'No cache may keep an answer, whatever Polar says',
    async holds(scene) {
      const person = await scene.signedIn()
      const headers = { 'Cache-Control': 'public, max-age=3600' }
      const fault = { path_contains: '/v1/products/', times: 1, body: { items: [] }, headers }
      await scene.polar.control('POST', '/faults', fault)
      const answers = [await scene.call(person), await scene.call(person)]
      return answers.every(({ headers }) => headers['cache-control'] === 'no-store')
    },
  },
  {
    number: 29,
    asks: 'What the page does not need of Polar’s API is out of reach',
    async holds(scene) {
      const person = await scene.signedIn()
      for (const path of UNLISTED) await scene.call(person, path)
      return (await scene.reached()) === 0
    },
  },
  {
    number: 31,
    asks: 'No crooked path reaches anything else',
    async holds(scene) {
      const { app, polar } = scene
      const person = await scene.signedIn()
      const Cookie = await person.jar.getCookieString(ORIGIN)
      for (const target of RAW_TARGETS) {
        const line = `GET ${target.replace(/^\/bff\/api/, app.paths.api)} HTTP/1.1`
        const headers = { Cookie, 'X-Forwarded-Proto': 'https' }
        await sendBytes(app.port, Buffer.from(head(line, headers), 'latin1'))
      }
      return (await polar.requests()).every(({ path }) => TEMPLATES.test(path))
    },
  },
  {
    number: 33,
    asks: 'None of the browser’s own headers reaches Polar',
    async holds(scene) {
      const person = await scene.signedIn()
      const kept = { Referer: `${ORIGIN}/secret`, 'X-Custom': 'x', 'X-Forwarded-For': '6.6.6.6' }
      await scene.call(person, PRODUCTS, { headers: kept })
      const [sent] = await scene.polar.requests('/v1/products/')
      const names = Object.keys(sent?.request_headers ?? { referer: '' })
      return !names.some((name) => /^(cookie|origin|referer|x-.*|forwarded)$/.test(name))
    },
  },
  {
    number: 34,
    asks: 'Of the headers of Polar’s answer only listed ones come back',
    async holds(scene) {
      const person = await scene.signedIn()
      const headers = { 'set-cookie': 'planted=1', refresh: '0', link: '<x>', 'x-custom': 'x' }
      const fault = { path_contains: '/v1/products/', times: 1, body: { items: [] }, headers }
      await scene.polar.control('POST', '/faults', fault)
      const answer = await scene.call(person)
      const names = Object.keys(answer.headers)
      return answer.status === 200 && !names.some((name) => name in headers)
    },
  },
  {
    number: 35,
    asks: 'A redirect by Polar is not followed',
    async holds(scene) {
      let followed = 0
      const elsewhere = await startPolarFront(scene.polar.url, (_, outgoing) => {
        followed += 1
        outgoing.end('{}')
        return true
      })
      const person = await scene.signedIn()
      const headers = { Location: `${elsewhere.url}/v1/products/` }
      const fault = { path_contains: '/v1/products/', status: 302, times: 1, headers }
      await scene.polar.control('POST', '/faults', fault)
      await scene.call(person)
      await elsewhere.close()
      return followed === 0
    },
  },
  {
    number: 39,
    asks: 'A hundred calls on an expired token are one refresh',
    async holds(scene) {
      const person = await scene.signedIn()
      await scene.travel(TEN_DAYS)
      await Promise.all(Array.from({ length: 100 }, () => scene.call(person)))
      return (await scene.polar.tokenRequests('refresh_token')) === 1
    },
  },
  {
    number: 41,
    asks: 'A refresh that comes too late leaves the newer session alone',
    async holds(scene) {
      const person = await scene.signedIn()
      await scene.travel(TEN_DAYS)
      const late = { grant_type: 'refresh_token', delay_ms: 1000, times: 1 }
      await scene.polar.control('POST', '/faults', late)
      await Promise.all([scene.call(person), scene.call(person)])
      return scene.isConnected(person)
    },
  },
  {
    number: 42,
    asks: 'A refresh that fails for another reason than `invalid_grant` ends no session',
    async holds(scene) {
      for (const failure of [{ status: 503, body: '' }, { kind: 'drop' }]) {
        const person = await scene.signedIn()
        await scene.travel(TEN_DAYS)
        const fault = { grant_type: 'refresh_token', times: 1, ...failure }
        await scene.polar.control('POST', '/faults', fault)
        await scene.call(person)
        if (!(await scene.isConnected(person))) return false
      }
      return true
    },
  },
  {
    number: 45,
    asks: 'A write is sent again after a 401 alone, with the same `Idempotency-Key`',
    async holds(scene) {
      const person = await scene.signedIn()
      const product = await scene.product(person)
      await scene.travel(10)
      const headers = { 'Idempotency-Key': 'key-of-this-write' }
      for (const [status, times] of [
        [401, 2],
        [500, 1],
      ] as const) {
        await scene.polar.control('DELETE', '/requests')
        const fault = { method: 'POST', path_contains: LINKS, status, times: 1 }
        await scene.polar.control('POST', '/faults', fault)
        await scene.write(person, product, { headers })
        const sent = await scene.polar.requests(LINKS)
        const keys = sent.map(({ request_headers: headers }) => headers['idempotency-key'])
        if (sent.length !== times || keys.some((key) => key !== 'key-of-this-write')) return false
      }
      return true
    },
  },
  {
    number: 53,
    asks: 'Logging out ends the tokens at Polar too, and here even if Polar fails',
    async holds(scene) {
      for (const fails of [false, true]) {
        const person = await scene.signedIn()
        const fault = { path_contains: '/oauth2/revoke', times: 1, status: 500 }
        if (fails) await scene.polar.control('POST', '/faults', fault)
        await scene.app.logout(person)
        if (await scene.isConnected(person)) return false
        const grants = await scene.polar.grants()
        if (!fails && grants.some(({ refresh_token: token }) => token.live)) return false
      }
      return true
    },
  },
]
