/**
 * Joins the parts into a Hono app. It keeps nothing in memory that another instance needs.
 */
import { pathOf, type Connection } from '@polar-connect/protocol'
import type { Context, Handler, MiddlewareHandler } from 'hono'
// Few routes need no router that is fast with many: half of Hono's weight in a Worker.
import { Hono } from 'hono/tiny'
import { createCallPolar, type CallPolar } from './api/call-polar.ts'
import { createCallApi } from './api/call.ts'
import { createProxy } from './api/proxy.ts'
import { BffError, hasCode } from './errors/bff-error.ts'
import { causeOf } from './errors/events.ts'
import { toProblem } from './errors/problem.ts'
import { createReport } from './errors/report.ts'
import { toResponse, type Answer } from './http/answer.ts'
import { createCookieJar } from './http/cookie-jar.ts'
import type { AnswerCookie } from './http/exchange.ts'
import { createGate } from './http/gate.ts'
import type { BffOptions } from './options.ts'
import { createPolar } from './polar/polar.ts'
import { createEndSession } from './refresh/end-session.ts'
import { createRefreshState } from './refresh/refresh-state.ts'
import { createRefresh } from './refresh/refresh.ts'
import { resolveOptions } from './resolve-options.ts'
import type { Incoming } from './runtime/incoming.ts'
import { toConnection } from './sealing/sealed-session.ts'
import { createRoutes } from './routes.ts'
import { createSessions } from './session/request-session.ts'
import { createSessionCalls } from './session/session-calls.ts'
import { createSignIn } from './sign-in/sign-in.ts'

/** The backend-for-frontend as a Hono app, and what server code of the app's own needs of it. */
export interface Bff extends Hono {
  /** The option `basePath`: what each call begins with. Hono has a method of that name. */
  readonly prefix: string
  /** The defence against other sites, for routes of the app's own that act for the person. */
  readonly gate: MiddlewareHandler
  /**
   * The same for a route of another framework.
   *
   * @throws {BffError} `csrf_rejected` unless a page of the app made the call.
   */
  checkOrigin(request: Incoming): void
  /**
   * The connection that `request` came with, without a call to Polar. Undefined if there is none, or no
   * one is signed in to the app.
   *
   * @throws {BffError} `owner_unavailable`
   */
  connection(request: Incoming): Promise<Connection | undefined>
  /**
   * Calls Polar's API with the token of the connection that `request` came with, for server code of the
   * app's own. It refreshes as the proxy does. No allow-list limits it: it is your code that calls.
   * Mount {@link Bff.gate} before the route, or call {@link Bff.checkOrigin}.
   *
   * The answer has the headers that the proxy passes on, and the session cookie if the call refreshed: a
   * route may return it as it is. A route that sends another answer adds {@link Bff.answerCookies}.
   *
   * @param request Hono's context, or the request of another framework.
   * @param path below Polar's API origin, as in `/v1/products/?limit=1`.
   * @throws {BffError} `not_connected`, or what stopped the call. The log has its reference.
   * @example
   * app.use('/reports/*', bff.gate)
   * app.get('/reports/products', (c) => bff.callPolar(c, '/v1/products/'))
   */
  readonly callPolar: CallPolar
  /**
   * The cookies that the answer to `request` must set: one if a call refreshed, else none. With a Hono
   * context they are set already, and the entries `/express`, `/fastify` and `/next` set them. A
   * forgotten one costs no session: the next call claims it, within an hour.
   */
  answerCookies(request: Incoming): readonly AnswerCookie[]
  /**
   * Turns an error into its answer and its log line, which share a reference. For routes of the app's
   * own, whose errors the app handles itself.
   *
   * @example
   * app.onError((error, c) => bff.toResponse(error, c.req))
   */
  toResponse(error: unknown, request: { readonly method?: string | undefined }): Response
}

/**
 * The backend-for-frontend: each call below `basePath`. Serve it as it is, or mount it in an app.
 *
 * @throws {TypeError} with a line for each option that is missing, wrong or unsafe.
 * @example
 * const bff = createBff({
 *   clientId: 'polar_ci_FakeFakeFake',
 *   clientSecret: 'polar_cs_FakeFakeFake',
 *   server: polarServer('sandbox'),
 *   appOrigin: 'https://app.example.com',
 *   keys: await createKeyRing([process.env.SESSION_SECRETS ?? '']),
 * })
 * const app = new Hono()
 * app.route('/', bff)
 */
export function createBff(options: BffOptions): Bff {
  const { answer, ...own } = joinBff(options)
  const app = new Hono()
  app.all(`${own.prefix}/*`, answer)
  return Object.assign(app, own)
}

/** The backend-for-frontend without an app: it answers any call below `prefix`. */
export function joinBff(options: BffOptions) {
  const { settings, allowList } = resolveOptions(options)
  const { appOrigin, basePath, sameSite, keys, onEvent } = settings
  const { report, rethrow, answerToOwn } = createReport(onEvent)
  const jar = createCookieJar(appOrigin, sameSite)
  const polar = createPolar(settings)
  const state = createRefreshState(settings, polar)
  const refresh = createRefresh(settings, state)
  const endSession = createEndSession(settings, state)
  const sessions = createSessions(settings, state, jar, refresh, endSession)
  const sessionCalls = createSessionCalls(settings, sessions, polar.limits, jar)
  const callApi = createCallApi(settings, polar)
  const checkOrigin = createGate(appOrigin, rethrow)
  const routes = createRoutes(
    basePath,
    createGate(appOrigin),
    createSignIn(settings, polar, sessions, sessionCalls, jar),
    sessionCalls,
    createProxy(settings, allowList, sessions, callApi),
    options.diagnostics?.(settings, jar),
  )

  async function answer(c: Context): Promise<Response> {
    const call = routes.find(c.req.path)
    const refuse = (cause: unknown): Answer => {
      const route = call === undefined ? basePath : pathOf(call, basePath)
      const signIn = sessions.find(c)?.exchange.signIn
      // A caller who hung up reads no answer, and half a request is no fault of ours.
      const error = c.req.raw.signal.aborted
        ? new BffError('invalid_request', `the caller hung up: ${causeOf(cause)}`, { cause })
        : cause
      // S41: a refusal never sets a cookie
      const { code, details, reference } = report(error, {
        method: c.req.method,
        route,
        ...(signIn !== undefined && { sign_in: signIn }),
      })
      return toProblem(code, details, reference)
    }
    const answered = await routes.answer(c, call).catch(refuse)
    // After an error too, so that a refreshed session leaves with it.
    const failed = await sessions.find(c)?.flush().catch(refuse)
    return toResponse(c, failed ?? answered)
  }

  onEvent({
    type: 'created',
    sealing_key: keys[0].id,
    opening_keys: keys.slice(1).map(({ id }) => id),
  })
  return {
    answer,
    prefix: basePath,
    async gate(c, next) {
      checkOrigin(c)
      await next()
    },
    checkOrigin,
    async connection(request) {
      try {
        const session = await sessions.of(request).get()
        return session && toConnection(session)
      } catch (cause) {
        return hasCode(cause, 'owner_required') ? undefined : rethrow(cause, request, 'app')
      }
    },
    callPolar: createCallPolar(sessions, callApi, rethrow),
    answerCookies: (request) => [...(sessions.find(request)?.exchange.answered.values() ?? [])],
    toResponse: answerToOwn,
  } satisfies Omit<Bff, keyof Hono> & { answer: Handler }
}
