/**
 * The backend-for-frontend as a Hono app: one gate before everything, then a route for each call of
 * the contract. It keeps nothing in memory that another instance would need.
 */
import { BASE_PATH, PATHS, type LogoutAnswer, type SessionAnswer } from '@polar-connect/protocol'
import type { Context, MiddlewareHandler } from 'hono'
// Few routes need no router that is quick with many: half of Hono's weight in a Worker.
import { Hono } from 'hono/tiny'
import { authorizeSchema, planAuthorization } from './sign-in/authorize.ts'
import { callbackSchema, connect, settleTransaction } from './sign-in/callback.ts'
import { COORDINATOR_KEYS } from './coordinator/coordinator.ts'
import { createIdTokenKeys } from './sign-in/id-token.ts'
import { createCookieJar } from './http/cookie-jar.ts'
import { BffError, hasCode } from './errors/bff-error.ts'
import { redact } from './errors/events.ts'
import { createGate } from './http/gate.ts'
import { keepAliveOf } from './runtime/keep-alive.ts'
import { createIssuers } from './polar/issuers.ts'
import { createLazyOAuthClient } from './polar/lazy-oauth-client.ts'
import { createLimits } from './polar/limits.ts'
import { resolveOptions, type BffOptions } from './settings/settings.ts'
import { createPauses } from './polar/pauses.ts'
import { createPolarApi, type ApiCall } from './api/call.ts'
import { createPolarTransport } from './polar/transport.ts'
import { POLAR_VERSION } from './settings/polar-server.ts'
import { toProblem } from './errors/problem.ts'
import { toApiAnswer, toApiCall } from './api/proxy.ts'
import { randomReference } from './runtime/random.ts'
import { createRefresher } from './refresh/refresher.ts'
import { emptySchema, readJson } from './http/body.ts'
import { createSessionCookie } from './session/request-session.ts'
import { createSessionSeal, toConnection, toIso, type Session } from './sealing/sealed-session.ts'
import { createTransactionCookies } from './sign-in/transaction-cookies.ts'
import type { UpstreamAnswer } from './upstream/upstream.ts'

/** The calls of the contract, each by one method; the API below it has its own list. */
const METHODS = [
  [PATHS.health, 'GET'],
  [PATHS.authorize, 'POST'],
  [PATHS.callback, 'POST'],
  [PATHS.session, 'GET'],
  [PATHS.refresh, 'POST'],
  [PATHS.userinfo, 'GET'],
  [PATHS.logout, 'POST'],
  [PATHS.diagnostics, 'GET'],
] as const

export interface Bff extends Hono {
  /** The defence against other sites, for routes of the app's own that act for the person. */
  readonly gate: MiddlewareHandler
  /**
   * A call to Polar's API with the token of the connection that `c` came with, for server code of
   * the app's own. It refreshes as the proxy does, and is bound by no allow-list: it is your code
   * that calls. Mount {@link Bff.gate} before the route.
   *
   * @param path below Polar's API origin, as `/v1/products/?limit=1`.
   * @throws {BffError} `not_connected`, or what stopped the call.
   */
  callPolar(
    c: Context,
    path: string,
    init?: { method?: string; headers?: HeadersInit; body?: string },
  ): Promise<Response>
}

/**
 * The backend-for-frontend: every call below `/bff`, to be served as it is or mounted in an app.
 *
 * @throws {TypeError} when the options could not be safe.
 */
export function createBff(options: BffOptions): Bff {
  const settings = resolveOptions(options)
  const { appOrigin, server, coordinator, time, onEvent, allowList, keys } = settings
  const jar = createCookieJar(appOrigin, settings.sameSite)
  const transactions = createTransactionCookies({ jar, keys, time })
  const transport = createPolarTransport(settings)
  const pauses = createPauses({ coordinator, time })
  const client = createLazyOAuthClient({ ...settings, transport, pauses })
  const issuers = createIssuers({ server, transport, time, onEvent })
  const idTokenKeys = createIdTokenKeys({ server, transport, time })
  const refresher = createRefresher({ client, coordinator, keys, time, onEvent })
  const limits = createLimits({ perMinute: settings.rateLimit, coordinator, time })
  const api = createPolarApi({ transport, refresher, pauses, time })
  const sessions = createSessionCookie({
    jar,
    refresher,
    time,
    onEvent,
    seal: createSessionSeal(keys, 'session'),
    server: server.identity.origin,
  })

  async function callApi(c: Context, call: ApiCall): Promise<UpstreamAnswer> {
    const session = await sessions.require(c)
    await limits.call(session)
    let newest = session
    try {
      return await api.call(session, call, (newer) => (newest = newer))
    } catch (cause) {
      if (!hasCode(cause, 'reauthorization_required')) throw cause
      // Whatever it was given on the way is as dead, and the caller knows its own generation alone.
      newest = session
      const { message } = cause
      throw new BffError(cause.code, message, { cause, generation: session.generation })
    } finally {
      // A refusal that comes after a refresh brings the new tokens along: they are the only ones.
      // S44: only if this call refreshed
      if (newest.generation > session.generation) await sessions.keepRefreshed(c, newest)
    }
  }

  function describe(session: Session | undefined): SessionAnswer {
    const asks = {
      scopes: settings.scopes,
      allowed_scopes: settings.allowedScopes,
      subject: settings.subject,
    }
    const common = {
      server: server.identity,
      asks,
      app_origin: settings.appOrigin,
      server_time: toIso(time.now()),
    }
    return session === undefined
      ? { authenticated: false, ...common }
      : { authenticated: true, connection: toConnection(session), ...common }
  }

  onEvent({
    type: 'created',
    sealing_key: keys[0].id,
    opening_keys: keys.slice(1).map(({ id }) => id),
  })
  const app = new Hono()

  app.use(`${BASE_PATH}/*`, async (c, next) => {
    await next()
    // Over whatever came from elsewhere: no answer of ours may be kept or read by anybody else.
    const { headers } = c.res
    // S28: for every answer, refusals too
    headers.set('Cache-Control', 'no-store')
    headers.set('CDN-Cache-Control', 'no-store')
    headers.set('Vary', 'Cookie, Origin, Sec-Fetch-Site')
    headers.set('X-Content-Type-Options', 'nosniff')
    // S55: no answer is framed
    headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  })

  app.get(PATHS.health, (c) => c.json({ status: 'ok' }))
  const gate = createGate(appOrigin)
  app.use(`${BASE_PATH}/*`, gate)

  app.post(PATHS.authorize, async (c) => {
    await limits.begin(settings.clientAddress(c))
    const body = await readJson(c, authorizeSchema)
    const session = await sessions.open(c)
    const { answer, transaction } = await planAuthorization(body, session, settings, time.now())
    // What could not be finished, for want of the coordinator, is not begun.
    await coordinator.read(COORDINATOR_KEYS.spentTransaction(transaction.id))
    await transactions.keep(c, transaction)
    const { subject, scopes } = transaction
    // S50: counts and names only, no values
    onEvent({ type: 'sign_in_started', subject, scopes: scopes.length })
    return c.json(answer)
  })

  app.post(PATHS.callback, async (c) => {
    const startedAt = time.elapsed()
    await limits.finish(settings.clientAddress(c))
    const body = await readJson(c, callbackSchema)
    const found = await transactions.find(c, body.state)
    // A denial needs nothing of Polar, so it is told during a pause too.
    if ('code' in body) {
      // Counted once the sign-in is known to be one of ours, and before it is spent.
      await limits.exchange()
      await pauses.obey('token')
    }
    transactions.end(c, found)
    const now = time.now()
    const { transaction } = found
    const grant = await settleTransaction(found, body, settings, issuers, now)
    const earlier = await sessions.open(c)
    const parts = { client, issuers, keys: idTokenKeys, transport, now }
    const session = await connect({ transaction, ...grant, ...parts })
    await sessions.keep(c, session)
    // S11: a finished sign-in ends the others
    transactions.endOthers(c, found)
    // The connection of before is replaced, so its tokens must not live on with nobody to end them.
    // S24: a sign-in ends the session before it
    if (earlier !== undefined) keepAliveOf(c)(refresher.end(earlier, keepAliveOf(c)))
    onEvent({
      type: 'signed_in',
      connection: session.id,
      subject: session.subject.type,
      missing_scopes: transaction.scopes.filter((scope) => !session.scopes.includes(scope)),
      duration_ms: Math.round(time.elapsed() - startedAt),
    })
    return c.json({ session: describe(session) })
  })

  app.get(PATHS.session, async (c) => c.json(describe(await sessions.get(c))))

  app.post(PATHS.refresh, async (c) => {
    await readJson(c, emptySchema)
    const held = await sessions.require(c)
    await limits.call(held)
    const { session } = await refresher.refresh(held, keepAliveOf(c))
    await sessions.keepRefreshed(c, session)
    return c.json({ session: describe(session) })
  })

  app.get(PATHS.userinfo, async (c) => {
    const answer = await callApi(c, {
      operation: 'userinfo',
      method: 'GET',
      path: '/v1/oauth2/userinfo',
      headers: new Headers({ Accept: 'application/json' }),
      signal: c.req.raw.signal,
      keepAlive: keepAliveOf(c),
    })
    return toApiAnswer(c, answer)
  })

  // S17: a link must not log out
  app.post(PATHS.logout, async (c) => {
    await readJson(c, emptySchema)
    const session = await sessions.open(c)
    jar.clearSession(c)
    transactions.endOthers(c)
    const answer: LogoutAnswer = {
      revoked: session !== undefined && (await refresher.end(session, keepAliveOf(c))),
    }
    return c.json(answer)
  })

  app.all(`${PATHS.api}/*`, async (c) => {
    const call = await toApiCall(c, allowList, settings.rawTarget(c))
    return toApiAnswer(c, await callApi(c, call))
  })

  const diagnostics = options.diagnostics?.(settings, jar)
  if (diagnostics !== undefined) {
    app.get(PATHS.diagnostics, async (c) => {
      diagnostics.begin(c)
      return c.req.query('probe') === undefined
        ? c.json(await diagnostics.run(c))
        : c.body(null, 204)
    })
  }

  for (const [path, method] of METHODS) {
    if (path === PATHS.diagnostics && diagnostics === undefined) continue
    app.all(path, () => {
      throw new BffError('method_not_allowed', 'another method', { allow: [method] })
    })
  }
  app.all(`${BASE_PATH}/*`, () => {
    throw new BffError('not_found', 'no such call')
  })

  app.onError((error, c) => {
    // S41: a refusal never sets a cookie
    const reference = randomReference()
    const { code, details } =
      error instanceof BffError ? error : { code: 'internal' as const, details: {} }
    const problem = toProblem(code, details, reference)
    onEvent({
      type: 'refused',
      code,
      status: problem.status,
      reference,
      method: c.req.method,
      route: routeOf(c.req.path),
      reason: redact(error instanceof BffError ? error.message : `${error.name}: ${error.message}`),
    })
    return respond(c, problem)
  })

  return Object.assign(app, {
    gate,
    async callPolar(
      c: Context,
      path: string,
      init: { method?: string; headers?: HeadersInit; body?: string } = {},
    ) {
      const { method = 'GET', body } = init
      const headers = new Headers(init.headers)
      if (!headers.has('Polar-Version')) headers.set('Polar-Version', POLAR_VERSION)
      const answer = await callApi(c, {
        operation: 'api',
        method,
        path,
        headers,
        keepAlive: keepAliveOf(c),
        ...(body !== undefined && { body: new TextEncoder().encode(body) }),
      })
      return new Response(answer.body, answer)
    },
  })
}

/** As an answer of `c`, so that the cookies that were set on the way leave with it. */
function respond(c: Context, response: Response): Response {
  return c.newResponse(response.body, response)
}

/** A path of the contract, or what it lies below: the rest was chosen by the caller. */
function routeOf(path: string): string {
  const known = METHODS.find(([route]) => route === path)
  return known?.[0] ?? (path.startsWith(`${PATHS.api}/`) ? PATHS.api : BASE_PATH)
}
