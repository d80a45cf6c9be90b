/**
 * The checks of a deployment from outside, by what it answers to anybody. They begin one sign-in, which
 * nobody finishes, and change nothing.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createFetchUpstream, polarServer, systemTime, type PolarServer } from '@polar-connect/bff'
import { checkPolar } from '@polar-connect/bff/diagnostics'
import {
  CALLBACK_PATH,
  CSRF_HEADER,
  MAX_CLOCK_SKEW_SECONDS,
  PATHS,
  describeSkew,
  joinChecks,
  type AuthorizeAnswer,
  type Check,
  type SessionAnswer,
} from '@polar-connect/protocol'
import { askServer, type Ask } from './ask-server.ts'
import { documentHeaders } from '../page/document-headers.ts'

const TIMEOUT_MS = 10_000
const SLOW_MS = 2000
const CSRF = { [CSRF_HEADER.name]: CSRF_HEADER.value }

export interface World {
  readonly fetch?: typeof globalThis.fetch
  /** Of this computer, in epoch seconds. */
  readonly clock?: () => number
}

export async function checkDeployment(
  origin: string,
  { fetch = globalThis.fetch, clock = () => Date.now() / 1000 }: World = {},
): Promise<readonly Check[]> {
  const ask: Ask = async (path, init) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    try {
      return await fetch(`${origin}${path}`, { redirect: 'manual', signal, ...init })
    } catch (error) {
      // `fetch` fails with a TypeError, and its time limit with a DOMException.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error
      return Response.error()
    }
  }
  const server = await checkServer(ask)
  if (server.status === 'failed') return [server]
  const begun = await begin(ask, origin)
  return joinChecks([
    server,
    await checkHeaders(ask, origin),
    await checkCsrf(ask),
    checkBegun(begun, origin),
    checkCookies(begun.cookies, origin),
    await checkClock(ask, clock),
    await checkSecurityTxt(ask, clock),
    ...(await checkConfigured(ask, begun, { fetch, clock })),
  ])
}

async function checkServer(ask: Ask): Promise<Check> {
  const id = 'server'
  const fix =
    'Start it with the dev command, or check that the deployment routes /bff to the server.'
  const startedAt = performance.now()
  const answer = await ask(PATHS.health)
  const ms = Math.round(performance.now() - startedAt)
  if (answer.status === 0) {
    return { id, status: 'failed', detail: `${PATHS.health} gives no answer.`, fix }
  }
  const location = answer.headers.get('Location')
  if (location !== null) {
    const detail = `${PATHS.health} redirects to ${location}.`
    return { id, status: 'failed', detail, fix: 'Check that address instead.' }
  }
  const { status } = (await answer.json().catch(() => ({}))) as { status?: unknown }
  if (!answer.ok || status !== 'ok') {
    const detail = `${PATHS.health} answers ${answer.status}, and not that it is well.`
    return { id, status: 'failed', detail, fix }
  }
  const detail = `${PATHS.health} answers in ${ms} ms.`
  if (ms < SLOW_MS) return { id, status: 'ok', detail }
  return { id, status: 'warning', detail, fix: 'Look for a cold start, or a region far away.' }
}

/** What the page forbids the browser, compared with what this build would send. */
async function checkHeaders(ask: Ask, origin: string): Promise<Check> {
  const id = 'headers'
  const page = await ask('/', { headers: { Accept: 'text/html' } })
  if (!page.ok) {
    const fix = 'Check that the deployment serves the page.'
    return { id, status: 'failed', detail: `/ answers ${page.status}, and no page.`, fix }
  }
  if ((await page.text()).includes('/@vite/client')) {
    return { id, status: 'skipped', detail: 'The development server sends none.' }
  }
  const { 'Cache-Control': _, ...expected } = documentHeaders('/', origin.startsWith('https:'))
  const names = Object.keys(expected)
  const missing = names.filter((name) => page.headers.get(name) === null)
  const fix = 'Let the server send the page with its headers, and see that no proxy removes them.'
  if (missing.length > 0) {
    return { id, status: 'failed', detail: `Missing: ${missing.join(', ')}.`, fix }
  }
  const policy = page.headers.get('Content-Security-Policy') ?? ''
  const scripts = directive(policy, 'script-src') ?? directive(policy, 'default-src')
  if (scripts === undefined || scripts.includes("'unsafe-")) {
    const detail = 'The Content-Security-Policy lets inline script run.'
    return { id, status: 'failed', detail, fix: "Set script-src 'self' in it." }
  }
  const other = names.filter((name) => page.headers.get(name) !== expected[name])
  if (other.length === 0) return { id, status: 'ok', detail: 'All are there.' }
  const detail = `Other than this version sends them: ${other.join(', ')}.`
  return {
    id,
    status: 'warning',
    detail,
    fix: 'Compare them with apps/server/src/page/document-headers.ts.',
  }
}

function directive(policy: string, name: string): string | undefined {
  return policy.split(/;\s*/).find((part) => part.startsWith(`${name} `))
}

/** Calls that a page of another origin could make must be refused, whatever cookies come along. */
async function checkCsrf(ask: Ask): Promise<Check> {
  const id = 'csrf'
  const foreign = {
    'without the X-CSRF header': {},
    'with a foreign Origin': { ...CSRF, Origin: 'https://attacker.example' },
    'with Sec-Fetch-Site: cross-site': { ...CSRF, 'Sec-Fetch-Site': 'cross-site' },
  }
  const taken: string[] = []
  for (const [how, headers] of Object.entries(foreign)) {
    const { status } = await ask(PATHS.session, { headers })
    if (status !== 403 && status !== 0) taken.push(how)
  }
  if (taken.length === 0) return { id, status: 'ok', detail: 'They are refused.' }
  return {
    id,
    status: 'failed',
    detail: `Taken ${taken.join(', ')}.`,
    fix: 'See that no proxy adds X-CSRF, or removes Origin and Sec-Fetch-Site.',
  }
}

interface Begun {
  readonly status: number
  readonly url: URL | undefined
  readonly cookies: readonly string[]
}

async function begin(ask: Ask, origin: string): Promise<Begun> {
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url')
  const answer = await ask(PATHS.authorize, {
    method: 'POST',
    headers: { ...CSRF, Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ code_challenge: challenge, code_challenge_method: 'S256' }),
  })
  const body = (await answer.json().catch(() => ({}))) as Partial<AuthorizeAnswer>
  const address = body.authorization_url ?? ''
  return {
    status: answer.status,
    url: URL.canParse(address) ? new URL(address) : undefined,
    cookies: answer.headers.getSetCookie(),
  }
}

/** Whether the deployment takes the address that it was reached at for its own. */
function checkBegun({ status, url }: Begun, origin: string): Check {
  const id = 'redirect_uri'
  const expected = `${origin}${CALLBACK_PATH}`
  if (status === 403) {
    return {
      id,
      status: 'failed',
      detail: `You opened ${origin} but the app is configured for another origin.`,
      fix: `Open the app at its APP_ORIGIN, or set APP_ORIGIN=${origin}.`,
    }
  }
  const actual = url?.searchParams.get('redirect_uri')
  if (actual === undefined || actual === null) {
    const detail = `No sign-in begins: ${PATHS.authorize} answers ${status}.`
    return { id, status: 'failed', detail, fix: "Look for the refusal in the server's log." }
  }
  if (actual === expected) return { id, status: 'ok', detail: `Sign-ins return to ${expected}.` }
  return {
    id,
    status: 'failed',
    detail: `Sign-ins return to ${actual}, and this is ${origin}.`,
    fix: `Open the app at ${new URL(actual).origin}, or set APP_ORIGIN=${origin}.`,
  }
}

/** The attributes of every cookie that a begun sign-in sets (layered cookies, §4.1.3). */
function checkCookies(lines: readonly string[], origin: string): Check {
  const id = 'cookies'
  if (lines.length === 0) return { id, status: 'skipped', detail: 'None was set.' }
  const secure = origin.startsWith('https:')
  const faults = lines.flatMap((line) => {
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
    const fix = 'See that no proxy or adapter rewrites Set-Cookie.'
    return { id, status: 'failed', detail: `${faults.join('; ')}.`, fix }
  }
  const [name = '', ...attributes] = lines[0]?.replace(/=[^;]*/, '').split(/;\s*/) ?? []
  const shown = attributes.filter((text) => !/^(max-age|expires)=/i.test(text))
  return { id, status: 'ok', detail: `${[name, ...shown].join('; ')}.` }
}

async function checkClock(ask: Ask, clock: () => number): Promise<Check> {
  const id = 'clock'
  const answer = await ask(PATHS.session, { headers: CSRF })
  const body = (await answer.json().catch(() => ({}))) as Partial<SessionAnswer>
  const skew = Math.round(Date.parse(body.server_time ?? '') / 1000 - clock())
  if (Number.isNaN(skew)) return { id, status: 'skipped', detail: 'The server tells no time.' }
  if (Math.abs(skew) <= 1) return { id, status: 'ok', detail: 'It agrees with this computer.' }
  const detail = `It is ${describeSkew(skew)} this computer.`
  if (Math.abs(skew) <= MAX_CLOCK_SKEW_SECONDS) return { id, status: 'ok', detail }
  return { id, status: 'failed', detail, fix: 'Turn on automatic time on both.' }
}

/** RFC 9116: a contact, and a date until which it holds. */
async function checkSecurityTxt(ask: Ask, clock: () => number): Promise<Check> {
  const id = 'security_txt'
  const answer = await ask('/.well-known/security.txt')
  const text = await answer.text()
  if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('text/plain')) {
    return { id, status: 'skipped', detail: 'There is no /.well-known/security.txt.' }
  }
  const expires = Date.parse(/^Expires:\s*(\S+)/im.exec(text)?.[1] ?? '') / 1000
  const contact = /^Contact:\s*\S/im.test(text)
  if (contact && expires > clock()) return { id, status: 'ok', detail: 'It names a contact.' }
  const detail = contact ? 'It has expired, or does not say when it does.' : 'It names no contact.'
  return {
    id,
    status: 'warning',
    detail,
    fix: 'Give it a Contact, and Expires with a date to come.',
  }
}

/** The configuration: as the server tells it, or else as far as its authorization URL does. */
async function checkConfigured(
  ask: Ask,
  { url }: Begun,
  { fetch, clock }: Required<World>,
): Promise<readonly Check[]> {
  const told = await askServer(ask)
  const id = 'diagnostics'
  if (told !== undefined) return [{ id, status: 'ok', detail: 'They are among these.' }, ...told]
  const detail = 'They are turned off. With DIAGNOSTICS=1 they are part of this.'
  const skipped = { id, status: 'skipped', detail } as const
  const server = url && serverOf(url.origin)
  if (url === undefined || server === undefined) return [skipped]
  const checks = await checkPolar({
    server,
    clientId: url.searchParams.get('client_id') ?? '',
    redirectUri: url.searchParams.get('redirect_uri') ?? '',
    scopes: url.searchParams.get('scope')?.split(' ') ?? [],
    upstream: createFetchUpstream(fetch),
    time: { ...systemTime, now: clock },
  })
  return [skipped, ...checks.filter((check) => check.id !== 'clock')]
}

/** Undefined for one that nobody should be sent to. */
function serverOf(origin: string): PolarServer | undefined {
  const name = (['production', 'sandbox'] as const).find(
    (known) => polarServer(known).identity.origin === origin,
  )
  try {
    return polarServer(name ?? origin)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return undefined
  }
}
