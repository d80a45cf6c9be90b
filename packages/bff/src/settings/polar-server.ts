/** The Polar server that the app connects to. Its endpoints are pinned, never taken from discovery. */
import type { ServerIdentity } from '@polar-connect/protocol'
import type { AuthorizationServer } from 'oauth4webapi'

/**
 * The version of Polar's API that this release is built for. It is sent if the caller names none: Polar's
 * default moves with each new one.
 */
export const POLAR_VERSION = '2026-10'

/** Where people sign in, and where the API is. */
const POLAR = {
  production: ['https://polar.sh', 'https://api.polar.sh'],
  sandbox: ['https://sandbox.polar.sh', 'https://sandbox-api.polar.sh'],
} as const

/** A Polar server: make one with `polarServer`. */
export interface PolarServer {
  readonly identity: ServerIdentity
  /** Origin of the API: `/v1/…` is below it. */
  readonly apiOrigin: string
  /** The endpoints, as oauth4webapi reads them (RFC 8414). */
  readonly metadata: AuthorizationServer & {
    readonly authorization_endpoint: string
    readonly jwks_uri: string
  }
  /** Whether it is on this machine. Only then may it have no TLS. */
  readonly loopback: boolean
}

/**
 * The Polar server that `server` names: `production`, `sandbox`, or the origin of a compatible server.
 *
 * @param server nothing means production, as an unset variable.
 * @param issuer how the server names itself (RFC 9207). By default the origin of its API, as at Polar.
 * @throws {TypeError} for an origin of Polar, with a path, or without TLS unless it is on this machine.
 * @example
 * polarServer('sandbox')
 * polarServer('http://127.0.0.1:4567') // the emulator
 */
export function polarServer(server?: string, issuer?: string): PolarServer {
  const name = server || 'production'
  if (name === 'production' || name === 'sandbox') {
    const [origin, apiOrigin] = POLAR[name]
    return at(name, origin, apiOrigin, issuer)
  }
  const fault = serverFault(name)
  if (fault !== undefined) throw new TypeError(`server ${fault}`)
  const loopback = isLoopback(new URL(name).hostname)
  return at(loopback ? 'emulator' : 'custom', name, name, issuer)
}

/** What is wrong with `server`, to read on after the name of the setting. */
export function serverFault(server: string): string | undefined {
  // Polar has its API at another origin, so neither of the two is enough.
  const polar = Object.entries(POLAR).find(([, origins]) => origins.some((one) => one === server))
  if (polar !== undefined) return `is an address of Polar itself. Write ${polar[0]} instead.`
  return Object.hasOwn(POLAR, server) || isSafeOrigin(server)
    ? undefined
    : 'should be production, sandbox, or an origin such as https://polar.example (http: only for this computer).'
}

/** Whether `hostname`, as `URL` writes it, is this machine (RFC 6761 §6.3, RFC 8252 §7.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

/**
 * Whether `text` is an origin byte for byte as `URL` writes it, with `https:`, or with `http:` on this
 * machine. A wildcard is not one.
 */
export function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol, hostname } = new URL(text)
  // S21: plain http only on this machine
  const secure = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return origin === text && secure && !hostname.includes('*')
}

function at(
  name: ServerIdentity['name'],
  origin: string,
  apiOrigin: string,
  issuer = apiOrigin,
): PolarServer {
  return {
    identity: { name, origin },
    apiOrigin,
    loopback: name === 'emulator',
    metadata: {
      issuer,
      authorization_endpoint: `${origin}/oauth2/authorize`,
      token_endpoint: `${apiOrigin}/v1/oauth2/token`,
      revocation_endpoint: `${apiOrigin}/v1/oauth2/revoke`,
      introspection_endpoint: `${apiOrigin}/v1/oauth2/introspect`,
      userinfo_endpoint: `${apiOrigin}/v1/oauth2/userinfo`,
      jwks_uri: `${apiOrigin}/.well-known/jwks.json`,
    },
  }
}
