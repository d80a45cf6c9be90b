/**
 * The layers of Polar's API host, outermost first: version, CORS, length, rate limit, bearer,
 * organization. They apply to every path of that host, unknown paths included.
 */
import type { MiddlewareHandler } from 'hono'
import { reachableOrganizations } from '../objects/dataset.ts'
import { uuidForm } from './parameters.ts'
import type { World } from '../world/world.ts'
import { NO_STORE } from './cache.ts'
import type { EmulatorEnv } from './environment.ts'
import { isOfApi } from './routing.ts'

type Layer = MiddlewareHandler<EmulatorEnv>

const MAX_BODY_BYTES = 10_485_760
const BAD_TOKEN =
  'The access token provided is expired, revoked, malformed, or invalid for other reasons.'
const CHALLENGE = `Bearer realm="polar", error="invalid_token", error_description="${BAD_TOKEN}"`
const ALLOWED_HEADERS =
  'Accept, Accept-Language, Authorization, Content-Language, Content-Type, Polar-Version'

/** Applies a layer only to paths of the API host. */
export function onApiHost(layer: Layer): Layer {
  return (c, next) => (isOfApi(c.req.path) ? layer(c, next) : next())
}

/** Every path refuses an unknown version. This answer has no headers of the other layers. */
export function version(world: World): Layer {
  return async (c, next) => {
    const { versions } = world
    const wanted = c.req.header('Polar-Version') ?? versions[0] ?? ''
    if (!versions.includes(wanted)) {
      c.set('note', `Polar-Version ${wanted} is not accepted`)
      return c.json({ detail: 'Not Found' }, 404)
    }
    await next()
    if (!c.get('crashed')) c.header('Polar-Version', wanted)
    return undefined
  }
}

/** Only a request that names its origin gets CORS headers. */
export const cors: Layer = async (c, next) => {
  if (c.req.header('Origin') === undefined) return next()
  if (c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') !== undefined) {
    const asked = (c.req.header('Access-Control-Request-Headers') ?? '').toLowerCase()
    const allowed = new Set(ALLOWED_HEADERS.toLowerCase().split(', '))
    const names = asked.split(',').map((name) => name.trim())
    const fits = names.every((name) => name === '' || allowed.has(name))
    return c.text(fits ? 'OK' : 'Disallowed CORS headers', fits ? 200 : 400, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
      'Access-Control-Allow-Headers': ALLOWED_HEADERS,
      'Access-Control-Max-Age': '600',
    })
  }
  await next()
  if (c.get('crashed')) return undefined
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Access-Control-Expose-Headers', 'Polar-Version')
  return undefined
}

export const bodyLength: Layer = async (c, next) => {
  if (['POST', 'PUT', 'PATCH'].includes(c.req.method)) {
    const length = c.req.header('Content-Length')
    if (length === undefined) {
      const detail = 'A Content-Length header is required.'
      return c.json({ error: 'LengthRequired', detail }, 411)
    }
    if (Number(length) > MAX_BODY_BYTES) {
      const detail = `Request body exceeded the maximum allowed size of ${MAX_BODY_BYTES} bytes.`
      return c.json({ error: 'RequestBodyTooLarge', detail }, 413)
    }
  }
  await next()
  return undefined
}

/** Every path refuses a bad bearer token, even public and unknown paths. */
export function bearer(world: World): Layer {
  return async (c, next) => {
    const token = bearerOf(c.req.header('Authorization'))
    // Registration checks its own tokens.
    if (token !== undefined && !isRegistrationCall(c.req.path, token)) {
      const found = world.pairByToken(token)
      const pair = found?.half === 'access' ? found.pair : undefined
      if (pair === undefined || !world.isLive(pair)) {
        c.set('note', pair === undefined ? 'Unknown access token' : deadNote(pair.ended))
        return invalidToken()
      }
      const { clientId, personId, organizationIds } = pair
      const scopes = new Set(pair.scopes)
      c.set('caller', { clientId, personId, organizationIds, scopes })
      c.set('pair', pair)
    }
    await next()
    return undefined
  }
}

export function invalidToken(): Response {
  const body = { error: 'invalid_token', error_description: BAD_TOKEN }
  const headers = { 'WWW-Authenticate': CHALLENGE, ...NO_STORE }
  return Response.json(body, { status: 401, headers })
}

/**
 * `Polar-Organization` limits one request to one organization. It can only narrow: the limits of the
 * token and the person's memberships still apply.
 */
export function requestedOrganization(world: World): Layer {
  return async (c, next) => {
    const caller = c.get('caller')
    const wanted = c.req.header('Polar-Organization')?.toLowerCase()
    if (caller === undefined || wanted === undefined || !world.profile.obeysPolarOrganization) {
      return next()
    }
    if (uuidForm(wanted) !== undefined) {
      const detail = 'The Polar-Organization header must be an organization ID.'
      return c.json({ error: 'InvalidRequestedOrganization', detail }, 400)
    }
    if (!reachableOrganizations(world.dataset, caller).has(wanted)) {
      const detail =
        'The organization in the Polar-Organization header is not accessible with this credential.'
      return c.json({ error: 'RequestedOrganizationNotAccessible', detail }, 403)
    }
    c.set('caller', { ...caller, organizationIds: [wanted] })
    return next()
  }
}

/** Adds the sandbox and cache headers to every answer of the application. */
export function application(world: World): Layer {
  return async (c, next) => {
    await next()
    if (c.get('crashed')) return
    if (world.settings.environment === 'sandbox') c.header('X-Polar-Sandbox', '1')
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  }
}

/** The bearer token of an `Authorization` header. Undefined for another scheme or form. */
export function bearerOf(authorization = ''): string | undefined {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(authorization)?.[1]
}

function isRegistrationCall(path: string, token: string): boolean {
  return token.startsWith('polar_crt_') && path.startsWith('/v1/oauth2/register')
}

function deadNote(ended: 'rotated' | 'revoked' | null): string {
  return ended === null ? 'Access token expired' : `Access token ${ended}`
}
