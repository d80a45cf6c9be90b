/** The settings of the hosts. The BFF reads its own. */
import { createEnvReader, readEnvOptions, type EnvReader } from '@polar-connect/bff/env'
import type { PolarServer } from '@polar-connect/bff'
import { transportSecurity } from '../page/document-headers.ts'

export { ConfigError } from '@polar-connect/bff/env'

export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  /** Where people open the app. */
  readonly appOrigin: string
  /** `POLAR_CLIENT_ID`. */
  readonly clientId: string
  /** `POLAR_SERVER`: `production`, `sandbox` or an origin. */
  readonly polar: string
  readonly port: number
  /** Undefined listens on every address. */
  readonly host: string | undefined
  readonly logLevel: LogLevel
  /** How long Node keeps an idle connection, in milliseconds. */
  readonly keepAliveMs: number
  /** The two phases of a shutdown. */
  readonly stop: { readonly graceMs: number; readonly timeoutMs: number }
  /** How many proxies in front are trusted to tell the caller's address. */
  readonly trustedProxies: number
  /** The Redis that several processes share. It may hold a password. */
  readonly redisUrl: string | undefined
  /** Whether `GET /bff/diagnostics` answers. */
  readonly diagnostics: boolean
  /** Where to report a vulnerability: `mailto:` or `https:`. */
  readonly securityContact: string | undefined
  /** The `Strict-Transport-Security` of the page. Undefined sends none. */
  readonly transportSecurity: string | undefined
}

/** From the most lines to none. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const DEFAULT_PORT = 3000

/** Adds faults to `read`. Use the result only if there are none. */
export function readHostConfig(read: EnvReader): Config {
  const appOrigin = read.text('APP_ORIGIN') ?? ''
  const port = read.wholeNumber('PORT', 0, 65_535, 3000) ?? DEFAULT_PORT
  const trustedProxies = read.wholeNumber('TRUST_PROXY', 0, 10, 1) ?? 0
  const securityContact = read.text('SECURITY_CONTACT')
  if (securityContact !== undefined && !/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(securityContact)) {
    read.fault(
      'SECURITY_CONTACT',
      'should be an address, for example: mailto:security@app.example.com or https://app.example.com/report',
    )
  }
  const redisUrl = read.text('REDIS_URL')
  if (redisUrl !== undefined && !isRedisUrl(redisUrl)) {
    read.fault(
      'REDIS_URL',
      'should be an address, for example: redis://127.0.0.1:6379, or rediss://user:password@redis.example.com:6380 with TLS. In a password, % is %25.',
    )
  }
  const transport = read.text('STRICT_TRANSPORT_SECURITY')
  if (transport !== undefined && !/^(off|max-age=\d+(; *[a-z]+)*)$/i.test(transport)) {
    read.fault(
      'STRICT_TRANSPORT_SECURITY',
      'should be off, or the header, for example: max-age=63072000; includeSubDomains',
    )
  }
  return {
    appOrigin,
    clientId: read.text('POLAR_CLIENT_ID') ?? '',
    polar: read.text('POLAR_SERVER') ?? 'production',
    port,
    host: read.text('HOST'),
    logLevel: read.word('LOG_LEVEL', LOG_LEVELS) ?? 'info',
    keepAliveMs: 1000 * (read.wholeNumber('KEEP_ALIVE_SECONDS', 1, 3600, 75) ?? 75),
    stop: {
      graceMs: 1000 * (read.wholeNumber('SHUTDOWN_GRACE_SECONDS', 0, 600, 3) ?? 3),
      timeoutMs: 1000 * (read.wholeNumber('SHUTDOWN_TIMEOUT_SECONDS', 1, 600, 6) ?? 6),
    },
    trustedProxies,
    redisUrl,
    diagnostics: read.word('DIAGNOSTICS', ['0', '1']) === '1',
    securityContact,
    transportSecurity: transportSecurity(transport, appOrigin.startsWith('https:')),
  }
}

/**
 * Reads the whole configuration, for tools that check it and start nothing.
 *
 * @param source the file that the values came from, if there is one. Each fault names it.
 * @throws {ConfigError} with all faults at once. It never holds a secret's value.
 */
export function readConfig(
  env: object,
  source?: string,
): Config & { readonly server: PolarServer } {
  const read = createEnvReader(env, source)
  const { server } = readEnvOptions(read)
  const config = readHostConfig(read)
  read.end()
  return { ...config, server }
}

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  try {
    decodeURIComponent(`${username}:${password}`)
  } catch {
    return false
  }
  return (protocol === 'redis:' || protocol === 'rediss:') && hostname !== ''
}
