/**
 * The configuration of every entry, read from the environment once and checked whole: a start either
 * has all it needs or says everything that is missing.
 */
import {
  createKeyRing,
  isSafeOrigin,
  mintsCredentials,
  polarServer,
  type BffOptions,
  type PolarServer,
} from '@polar-connect/bff'
import type { SubjectType } from '@polar-connect/protocol'

/** What Polar called itself everywhere until 2026-09-01. */
const OLD_ISSUER = 'https://polar.sh'

export type Environment = Readonly<Record<string, string | undefined>>

export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  /** All of {@link BffOptions} that the environment decides. */
  readonly bff: Pick<BffOptions, 'clientId' | 'clientSecret' | 'server' | 'appOrigin' | 'keys'> &
    Partial<Pick<BffOptions, 'scopes' | 'allowedScopes' | 'subject' | 'rateLimit'>>
  readonly port: number
  /** Undefined listens on every address. */
  readonly host: string | undefined
  readonly logLevel: LogLevel
  /** How many proxies in front may be believed about where a call came from. */
  readonly trustedProxies: number
  /** Where what several processes share is kept. It may hold a password. */
  readonly redisUrl: string | undefined
  /** Whether `GET /bff/diagnostics` answers. */
  readonly diagnostics: boolean
  /** Where to report a vulnerability: `mailto:` or `https:`. */
  readonly securityContact: string | undefined
}

/** From the most to the least that is written. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const DEFAULT_PORT = 3000
const SECRET_EXAMPLE =
  'node -e "console.log(crypto.getRandomValues(Buffer.alloc(32)).toString(\'base64url\'))"'

/** Every fault of a configuration, a line each, in words for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/**
 * @param source the file that the values came from, if one did: it is named beside each variable.
 * @throws {ConfigError} with all faults at once. It never holds a secret's value.
 */
export async function readConfig(env: Environment, source?: string): Promise<Config> {
  const faults: string[] = []
  const named = (name: string) => (source === undefined ? name : `${name} in ${source}`)
  const value = (name: string) => env[name]?.trim() || undefined
  const fault = (name: string, what: string) => void faults.push(`${named(name)} ${what}`)
  const missing = (name: string, what: string) => void faults.push(`${name} is missing. ${what}`)

  /** One of `words`, or undefined where the variable is not set. */
  function word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const given = value(name)
    const found = words.find((candidate) => candidate === given)
    if (given !== undefined && found === undefined) {
      fault(name, `should be one of ${words.join(', ')}.`)
    }
    return found
  }

  function wholeNumber(
    name: string,
    least: number,
    most: number,
    example: number,
  ): number | undefined {
    const given = value(name)
    if (given === undefined) return undefined
    const number = /^\d{1,9}$/.test(given) ? Number(given) : NaN
    if (number >= least && number <= most) return number
    fault(name, `should be a number from ${least} to ${most}, for example: ${example}`)
    return undefined
  }

  function scopes(name: string): string[] | undefined {
    const given = value(name)?.split(/\s+/)
    if (given?.some((scope) => !/^[a-z_]+(:[a-z]+)?$/.test(scope))) {
      fault(name, 'should be permissions with spaces between, for example: openid products:read')
    }
    const minting = given?.find(mintsCredentials)
    if (minting !== undefined) {
      fault(name, `holds ${minting}, which could mint or reveal a credential. Leave it out.`)
    }
    return given
  }

  function server(): PolarServer | undefined {
    const name = value('POLAR_SERVER') ?? 'production'
    const issuer = value('POLAR_ISSUER')
    if (issuer === OLD_ISSUER && (name === 'production' || name === 'sandbox')) {
      fault(
        'POLAR_ISSUER',
        `is ${OLD_ISSUER}, the issuer that Polar had until September 2026: every sign-in would fail. Remove it.`,
      )
    }
    try {
      return polarServer(name, issuer)
    } catch {
      fault(
        'POLAR_SERVER',
        'should be production, sandbox, or an origin such as https://polar.example (http: only for this computer).',
      )
      return undefined
    }
  }

  const polar = server()
  const clientId = value('POLAR_CLIENT_ID')
  const clientSecret = value('POLAR_CLIENT_SECRET')
  if (clientId === undefined) {
    missing(
      'POLAR_CLIENT_ID',
      "It is shown in Polar's developer settings and starts with polar_ci_.",
    )
  } else if (polar?.identity.name !== 'custom' && !clientId.startsWith('polar_ci_')) {
    fault('POLAR_CLIENT_ID', "doesn't look right: it should start with polar_ci_.")
  }
  if (clientSecret === undefined) {
    missing(
      'POLAR_CLIENT_SECRET',
      "It is shown next to the client ID in Polar's developer settings.",
    )
  }

  const appOrigin = value('APP_ORIGIN')
  if (appOrigin === undefined) {
    missing('APP_ORIGIN', 'It is where people open the app, for example: https://app.example.com')
  } else if (!isSafeOrigin(appOrigin)) {
    fault(
      'APP_ORIGIN',
      'should be an https origin without a path, for example: https://app.example.com (http: only for this computer).',
    )
  }

  const secrets = value('SESSION_SECRETS')
    ?.split(',')
    .map((secret) => secret.trim())
  if (secrets === undefined) {
    missing('SESSION_SECRETS', `Make one with: ${SECRET_EXAMPLE}`)
  } else if (secrets.some((secret) => !isStrongSecret(secret))) {
    fault(
      'SESSION_SECRETS',
      `should be random 32-byte keys in base64url with commas between. Make one with: ${SECRET_EXAMPLE}`,
    )
  }

  const port = wholeNumber('PORT', 0, 65_535, 3000) ?? DEFAULT_PORT
  const rateLimit = wholeNumber('POLAR_RATE_LIMIT', 1, 1_000_000, 500)
  const trustedProxies = wholeNumber('TRUST_PROXY', 0, 10, 1) ?? 0
  const securityContact = value('SECURITY_CONTACT')
  if (securityContact !== undefined && !/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(securityContact)) {
    fault(
      'SECURITY_CONTACT',
      'should be an address, for example: mailto:security@app.example.com or https://app.example.com/report',
    )
  }
  const redisUrl = value('REDIS_URL')
  if (redisUrl !== undefined && !isRedisUrl(redisUrl)) {
    fault(
      'REDIS_URL',
      'should be an address, for example: redis://127.0.0.1:6379, or rediss://user:password@redis.example.com:6380 with TLS.',
    )
  }
  const logLevel = word('LOG_LEVEL', LOG_LEVELS) ?? 'info'
  const diagnostics = word('DIAGNOSTICS', ['0', '1']) === '1'
  const subject = word<SubjectType>('POLAR_SUBJECT', ['organization', 'user'])
  const asked = scopes('POLAR_SCOPES')
  const allowed = scopes('POLAR_ALLOWED_SCOPES')

  if (faults.length > 0 || !polar || !clientId || !clientSecret || !appOrigin || !secrets) {
    throw new ConfigError(faults)
  }
  return {
    bff: {
      clientId,
      clientSecret,
      server: polar,
      appOrigin,
      keys: await createKeyRing(secrets),
      ...(asked && { scopes: asked }),
      ...(allowed && { allowedScopes: allowed }),
      ...(subject && { subject }),
      ...(rateLimit !== undefined && { rateLimit }),
    },
    port,
    host: value('HOST'),
    logLevel,
    trustedProxies,
    redisUrl,
    diagnostics,
    securityContact,
  }
}

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (protocol === 'redis:' || protocol === 'rediss:') && hostname !== ''
}

/** 32 bytes that could be random: an example value repeats itself. */
function isStrongSecret(secret: string): boolean {
  // S21: random keys, not examples
  return /^[A-Za-z0-9_-]{43}$/.test(secret) && new Set(secret).size >= 12
}
