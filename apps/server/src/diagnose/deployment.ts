/**
 * Checks a deployment from outside. It begins one sign-in and finishes it with a made-up code, so
 * nothing changes.
 */
import { createFetchUpstream, polarServer, systemTime, type PolarServer } from '@polar-connect/bff'
import { checkPolar } from '@polar-connect/bff/diagnostics'
import {
  pathOf,
  checkHealth,
  describeSkew,
  joinChecks,
  type Check,
  type SessionAnswer,
} from '@polar-connect/protocol'
import { askServer, CSRF, type Ask } from './ask-server.ts'
import { checkPolarApi } from './polar-api.ts'
import { checkCsrf, checkHeaders, checkSecurityTxt } from './page-checks.ts'
import { beginSignIn, checkBegun, checkCookies, checkExchange } from './sign-in-checks.ts'

/** Longer than a sign-in with a slow Polar. */
const TIMEOUT_MS = 30_000

export interface World {
  readonly fetch?: typeof globalThis.fetch
  /** Of this computer, in epoch seconds. */
  readonly clock?: () => number
}

/** @param api the version of Polar's API to compare, if any. */
export async function checkDeployment(
  origin: string,
  { fetch = globalThis.fetch, clock = () => Date.now() / 1000 }: World = {},
  api?: string,
): Promise<readonly Check[]> {
  const ask: Ask = async (path, init) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    try {
      const answer = await fetch(`${origin}${path}`, { redirect: 'manual', signal, ...init })
      // Half of an answer is none.
      const body = await answer.arrayBuffer()
      return new Response(body.byteLength > 0 ? body : null, answer)
    } catch (error) {
      // `fetch` fails with a TypeError, and its timeout with a DOMException.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error
      return Response.error()
    }
  }
  const health = await checkServer(ask)
  if (health.status === 'failed') return [health]
  const begun = await beginSignIn(ask, origin)
  const polar = begun.url && serverOf(begun.url.origin)
  const told = await askServer(ask)
  const skew = await skewOf(ask, clock)
  // A sign-in compares Polar's clock with the server's clock.
  const serverClock = () => clock() + (skew ?? 0)
  return joinChecks([
    health,
    await checkHeaders(ask, origin),
    await checkCsrf(ask),
    checkBegun(begun, origin),
    checkCookies(begun, origin),
    await checkExchange(ask, begun, origin, polar),
    checkClock(skew),
    await checkSecurityTxt(ask, clock()),
    told === undefined
      ? { id: 'diagnostics', status: 'skipped', detail: 'It tells none. DIAGNOSTICS=1 adds them.' }
      : { id: 'diagnostics', status: 'ok', detail: 'They are included.' },
    ...(told ?? (await checkPolarOf(begun.url, polar, fetch, serverClock))),
    ...(api && polar ? [await checkPolarApi(polar, createFetchUpstream(fetch), api)] : []),
  ])
}

async function checkServer(ask: Ask): Promise<Check> {
  const startedAt = performance.now()
  const answer = await ask(pathOf('health'))
  const health = {
    status: answer.status,
    body: await answer.json().catch(() => null),
    location: answer.headers.get('Location') ?? undefined,
  }
  return checkHealth(answer.status === 0 ? undefined : health, performance.now() - startedAt)
}

/** How far the server's clock is ahead of this computer's, in whole seconds. */
async function skewOf(ask: Ask, clock: () => number): Promise<number | undefined> {
  const answer = await ask(pathOf('session'), { headers: CSRF })
  const body = (await answer.json().catch(() => ({}))) as Partial<SessionAnswer>
  const skew = Math.round(Date.parse(body.server_time ?? '') / 1000 - clock())
  return Number.isNaN(skew) ? undefined : skew
}

/** A sign-in does not use this computer's clock, so a difference breaks nothing. */
function checkClock(skew: number | undefined): Check {
  const id = 'clock'
  if (skew === undefined) return { id, status: 'skipped', detail: 'The server tells no time.' }
  if (Math.abs(skew) <= 1) return { id, status: 'ok', detail: "It agrees with this computer's." }
  return {
    id,
    status: 'ok',
    detail: `The server's clock is ${describeSkew(skew)} this computer's.`,
  }
}

/** The server's own checks of Polar, with the client ID of its authorization URL. */
async function checkPolarOf(
  url: URL | undefined,
  server: PolarServer | undefined,
  fetch: typeof globalThis.fetch,
  clock: () => number,
): Promise<readonly Check[]> {
  if (url === undefined || server === undefined) return []
  const checks = await checkPolar({
    server,
    clientId: url.searchParams.get('client_id') ?? '',
    redirectUri: url.searchParams.get('redirect_uri') ?? '',
    scopes: url.searchParams.get('scope')?.split(' ') ?? [],
    upstream: createFetchUpstream(fetch),
    time: { ...systemTime, now: clock },
  })
  // The exchange shows it.
  return checks.filter(({ id }) => id !== 'client_secret')
}

/** Undefined for an origin that is not safe to open. */
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
