/** The options of a BFF that the environment decides: `POLAR_…`, `APP_ORIGIN` and `SESSION_SECRETS`. */
import type { SubjectType } from '@polar-connect/protocol'
import { mintsCredentials } from '../api/allow-list.ts'
import type { BffOptions } from '../options.ts'
import {
  isSafeOrigin,
  polarServer,
  serverFault,
  type PolarServer,
} from '../settings/polar-server.ts'
import type { EnvReader } from './env-reader.ts'

/** What Polar called itself everywhere until 2026-09-01. */
const OLD_ISSUER = 'https://polar.sh'
const SECRET_EXAMPLE =
  'node -e "console.log(crypto.getRandomValues(Buffer.alloc(32)).toString(\'base64url\'))"'

/** See {@link readEnvOptions}. */
export type EnvOptions = Pick<
  BffOptions,
  'clientId' | 'clientSecret' | 'server' | 'appOrigin' | 'scopes' | 'allowedScopes' | 'subject'
> &
  Pick<BffOptions, 'rateLimit'> & {
    /** For `createKeyRing`. */
    readonly secrets: readonly string[]
    /** Whether `GET /bff/diagnostics` answers. */
    readonly diagnostics: boolean
  }

/**
 * What is missing or wrong is a fault of `read`. The result counts only if there is none.
 *
 * @param given options that win over the environment: what they replace is not read.
 */
export function readEnvOptions(read: EnvReader, given: Partial<BffOptions> = {}): EnvOptions {
  const server = given.server ? undefined : readServer(read)
  // Another server than Polar's may name its clients as it likes. `createBff` checks for a given one.
  const isPolar = !given.server && server?.identity.name !== 'custom'
  const clientId = given.clientId ?? readClientId(read, isPolar)
  const clientSecret = given.clientSecret ?? readClientSecret(read, isPolar)
  const appOrigin = given.appOrigin ?? readAppOrigin(read)
  const secrets = given.keys ? [] : readSecrets(read)
  const rateLimit = read.wholeNumber('POLAR_RATE_LIMIT', 1, 1_000_000, 500)
  const subject = read.word<SubjectType>('POLAR_SUBJECT', ['organization', 'user'])
  const scopes = readScopes(read, 'POLAR_SCOPES')
  const allowedScopes = readScopes(read, 'POLAR_ALLOWED_SCOPES')
  return {
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    server: server ?? polarServer('production'),
    appOrigin: appOrigin ?? '',
    secrets: secrets ?? [],
    diagnostics: read.word('DIAGNOSTICS', ['0', '1']) === '1',
    ...(scopes && { scopes }),
    ...(allowedScopes && { allowedScopes }),
    ...(subject && { subject }),
    ...(rateLimit !== undefined && { rateLimit }),
  }
}

/** Production if nothing is set. Undefined after a fault. */
function readServer(read: EnvReader): PolarServer | undefined {
  const name = read.text('POLAR_SERVER') ?? 'production'
  const issuer = read.text('POLAR_ISSUER')
  if (issuer === OLD_ISSUER && (name === 'production' || name === 'sandbox')) {
    read.fault(
      'POLAR_ISSUER',
      `is ${OLD_ISSUER}, the issuer that Polar had until September 2026: every sign-in would fail. Remove it.`,
    )
  } else if (issuer !== undefined && !URL.canParse(issuer)) {
    read.fault('POLAR_ISSUER', 'should be an address, for example: https://api.polar.example')
  }
  const fault = serverFault(name)
  if (fault === undefined) return polarServer(name, issuer)
  read.fault('POLAR_SERVER', fault)
  return undefined
}

function readClientId(read: EnvReader, isPolar: boolean): string | undefined {
  const where = "It is shown in Polar's developer settings and starts with polar_ci_."
  const value = read.required('POLAR_CLIENT_ID', where)
  if (isPolar) checkClient(read, 'POLAR_CLIENT_ID', value, 'polar_ci_')
  return value
}

function readClientSecret(read: EnvReader, isPolar: boolean): string | undefined {
  const where = "It is shown next to the client ID in Polar's developer settings."
  const value = read.required('POLAR_CLIENT_SECRET', where)
  if (isPolar) checkClient(read, 'POLAR_CLIENT_SECRET', value, 'polar_cs_')
  return value
}

function readAppOrigin(read: EnvReader): string | undefined {
  const value = read.required(
    'APP_ORIGIN',
    'It is where people open the app, for example: https://app.example.com',
  )
  if (value !== undefined && !isSafeOrigin(value)) {
    read.fault(
      'APP_ORIGIN',
      'should be an https origin without a path, for example: https://app.example.com (http: only for this computer).',
    )
  }
  return value
}

function readSecrets(read: EnvReader): readonly string[] | undefined {
  const secrets = read
    .required('SESSION_SECRETS', `Make one with: ${SECRET_EXAMPLE}`)
    ?.split(',')
    .map((secret) => secret.trim())
  if (secrets?.some((secret) => !isStrongSecret(secret))) {
    read.fault(
      'SESSION_SECRETS',
      `should be random 32-byte keys in base64url with commas between. Make one with: ${SECRET_EXAMPLE}`,
    )
  }
  return secrets
}

/** The value itself may be a secret, so no fault quotes it. */
function checkClient(
  read: EnvReader,
  name: string,
  value: string | undefined,
  prefix: 'polar_ci_' | 'polar_cs_',
): void {
  if (value === undefined || new RegExp(`^${prefix}\\w+$`).test(value)) return
  const swapped = /^polar_c[is]_/.test(value) && !value.startsWith(prefix)
  const what = swapped ? 'holds the value of the other one' : "doesn't look right"
  read.fault(name, `${what}: it should start with ${prefix}, and have no other signs than letters.`)
}

function readScopes(read: EnvReader, name: string): string[] | undefined {
  const given = read.text(name)?.split(/\s+/)
  if (given?.some((scope) => !/^[a-z_]+(:[a-z]+)?$/.test(scope))) {
    read.fault(name, 'should be permissions with spaces between, for example: openid products:read')
  }
  const minting = given?.find(mintsCredentials)
  if (minting !== undefined) {
    read.fault(name, `holds ${minting}, which could mint or reveal a credential. Leave it out.`)
  }
  return given
}

/** 32 bytes that could be random: an example value repeats itself. */
function isStrongSecret(secret: string): boolean {
  // S21: random keys, not examples
  return /^[A-Za-z0-9_-]{43}$/.test(secret) && new Set(secret).size >= 12
}
