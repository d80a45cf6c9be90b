/**
 * One sign-in, finished with a made-up code, so no one signs in. It checks the address, the cookies,
 * and whether Polar accepts the server's secret.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { PolarServer } from '@polar-connect/bff'
import {
  CALLBACK_PATH,
  pathOf,
  type AuthorizeAnswer,
  type Check,
  type Problem,
  type ProblemCode,
} from '@polar-connect/protocol'
import { CSRF, cookiesOf, type Ask } from './ask-server.ts'

export interface Begun {
  readonly status: number
  /** Where the server sends people to allow access. */
  readonly url: URL | undefined
  readonly state: string
  readonly codeVerifier: string
  readonly setCookies: readonly string[]
  /** The `Cookie` header that brings them back. */
  readonly cookies: string
}

export async function beginSignIn(ask: Ask, origin: string): Promise<Begun> {
  const codeVerifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const answer = await post(ask, origin, pathOf('authorize'), {
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const body = (await answer.json().catch(() => ({}))) as Partial<AuthorizeAnswer>
  const address = body.authorization_url ?? ''
  return {
    status: answer.status,
    url: URL.canParse(address) ? new URL(address) : undefined,
    state: body.state ?? '',
    codeVerifier,
    setCookies: answer.headers.getSetCookie(),
    cookies: cookiesOf(answer),
  }
}

/** Checks that the deployment's address is the configured one. */
export function checkBegun({ status, url }: Begun, origin: string): Check {
  const id = 'redirect_uri'
  const expected = `${origin}${CALLBACK_PATH}`
  if (status === 403) {
    return {
      id,
      status: 'failed',
      detail: `You opened ${origin} but the app is set up for another origin.`,
      fix: `Open the app at its APP_ORIGIN, or set APP_ORIGIN=${origin}.`,
    }
  }
  const actual = url?.searchParams.get('redirect_uri')
  if (actual === undefined || actual === null) {
    const detail = `No sign-in begins: ${pathOf('authorize')} answers ${status}.`
    return { id, status: 'failed', detail, fix: "Look for the refusal in the server's log." }
  }
  if (actual === expected) return { id, status: 'ok', detail: `Sign-ins return to ${expected}.` }
  return {
    id,
    status: 'failed',
    detail: `Sign-ins return to ${actual}, but this is ${origin}.`,
    fix: `Open the app at ${new URL(actual).origin}, or set APP_ORIGIN=${origin}.`,
  }
}

/** Checks the attributes of each cookie that the sign-in sets (layered cookies, §4.1.3). */
export function checkCookies({ setCookies }: Begun, origin: string): Check {
  const id = 'cookies'
  if (setCookies.length === 0) return { id, status: 'skipped', detail: 'None was set.' }
  const secure = origin.startsWith('https:')
  const faults = setCookies.flatMap((line) => {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const name = pair.split('=')[0] ?? ''
    const has = (attribute: RegExp) => attributes.some((text) => attribute.test(text))
    const wrong = [
      ...(secure && !name.startsWith('__Host-Http-') ? ['its name lacks __Host-Http-'] : []),
      ...(secure && !has(/^secure$/i) ? ['it lacks Secure'] : []),
      ...(has(/^httponly$/i) ? [] : ['it lacks HttpOnly']),
      ...(has(/^samesite=(strict|lax)$/i) ? [] : ['it lacks SameSite']),
      ...(has(/^path=\/$/i) ? [] : ['its Path is not /']),
      ...(has(/^domain=/i) ? ['it has a Domain'] : []),
      ...(/, ?(__Host-|polar_connect)/.test(line) ? ['another is merged into it'] : []),
    ]
    return wrong.length > 0 ? [`${name}: ${wrong.join(', ')}`] : []
  })
  if (faults.length > 0) {
    const fix = 'Check that no proxy or adapter rewrites Set-Cookie.'
    return { id, status: 'failed', detail: `${faults.join('; ')}.`, fix }
  }
  const [name = '', ...attributes] = setCookies[0]?.replace(/=[^;]*/, '').split(/;\s*/) ?? []
  const shown = attributes.filter((text) => !/^(max-age|expires)=/i.test(text))
  return { id, status: 'ok', detail: `${[name, ...shown].join('; ')}.` }
}

const IN_THE_LOG = "Look for it in the server's log."
const SET_SECRET = 'Set POLAR_CLIENT_SECRET to the one beside the client ID.'

/** What the server's answer to a made-up code means. */
const EXCHANGE_ANSWERS: Partial<Record<ProblemCode, Check>> = {
  invalid_grant: {
    id: 'client_secret',
    status: 'ok',
    detail: "Polar accepts the server's secret.",
  },
  invalid_client: {
    id: 'client_secret',
    status: 'failed',
    detail: 'Polar refused the client secret.',
    fix: SET_SECRET,
  },
  unauthorized_client: {
    id: 'client_secret',
    status: 'failed',
    detail: 'Polar does not let this client exchange authorization codes.',
    fix: 'Turn on the authorization_code grant for the client at Polar.',
  },
  transaction_missing: {
    id: 'cookies',
    status: 'failed',
    detail: 'The server did not get its cookie back.',
    fix: 'Check that no proxy removes cookies, and that all servers have the same SESSION_SECRETS.',
  },
  polar_unavailable: {
    id: 'polar',
    status: 'failed',
    detail: 'The server cannot reach Polar.',
    fix: IN_THE_LOG,
  },
  coordinator_unavailable: {
    id: 'coordinator',
    status: 'failed',
    detail: 'The shared lock cannot be reached. Sign-in and refresh answer 503.',
    fix: 'Check REDIS_URL.',
  },
}

/**
 * Finishes the sign-in with a made-up code. Polar authenticates the client first, so `invalid_grant`
 * proves the server's secret.
 */
export async function checkExchange(
  ask: Ask,
  { url, state, codeVerifier, cookies }: Begun,
  origin: string,
  server: PolarServer | undefined,
): Promise<Check> {
  const id = 'client_secret'
  if (url === undefined || server === undefined) {
    return { id, status: 'skipped', detail: 'No sign-in begins.' }
  }
  const callback = {
    code: 'polar_ac_diagnostics',
    state,
    code_verifier: codeVerifier,
    iss: server.metadata.issuer,
  }
  const answer = await post(ask, origin, pathOf('callback'), callback, cookies)
  const { code } = (await answer.json().catch(() => ({}))) as Partial<Problem>
  if (code === undefined) {
    const detail = `${pathOf('callback')} answers ${answer.status} without a problem code.`
    return { id: 'server', status: 'failed', detail, fix: IN_THE_LOG }
  }
  const detail = `The server answers ${code} to a made-up code.`
  return EXCHANGE_ANSWERS[code] ?? { id, status: 'skipped', detail, fix: IN_THE_LOG }
}

function post(
  ask: Ask,
  origin: string,
  path: string,
  body: object,
  cookies = '',
): Promise<Response> {
  return ask(path, {
    method: 'POST',
    headers: {
      ...CSRF,
      Origin: origin,
      'Content-Type': 'application/json',
      ...(cookies !== '' && { Cookie: cookies }),
    },
    body: JSON.stringify(body),
  })
}
