/**
 * The server's half of the checks: what only it can know of its own configuration. It answers where an
 * operator turned it on, and holds no secret.
 */
import type { Check, DiagnosticsAnswer } from '@polar-connect/protocol'
import type { Context } from 'hono'
import { COORDINATOR_KEYS } from '../coordinator/coordinator.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import { checkPolar } from './polar-checks.ts'
import { BffError } from '../errors/bff-error.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import type { Settings } from '../settings/settings.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import { randomId } from '../runtime/random.ts'
import { toIso } from '../sealing/sealed-session.ts'

export { checkPolar, type PolarFacts } from './polar-checks.ts'

/** Whoever asks again sooner gets the same: each time is a few calls to Polar, and anybody may ask. */
const FRESH_SECONDS = 2
const PROBE_LIFETIME_SECONDS = 60
/** Browsers keep 4096 bytes of name, value and attributes (RFC 6265 §6.1). */
const MAX_COOKIE_BYTES = 3500
/** 32 random bytes hold 30 values or so; fewer than this never come by chance. */
const MIN_DISTINCT_BYTES = 16

export interface Diagnostics {
  /** Sets the probe cookie, which the next {@link run} expects to come back. */
  begin(c: Context): void
  run(c: Context): Promise<DiagnosticsAnswer>
}

export type CreateDiagnostics = (settings: Settings, jar: CookieJar) => Diagnostics

export const createDiagnostics: CreateDiagnostics = (settings, jar) => {
  const { server, appOrigin, redirectUri, time } = settings
  let asked: Promise<readonly Check[]> | undefined
  let askedAt = -Infinity

  function askPolar(): Promise<readonly Check[]> {
    if (asked === undefined || time.now() - askedAt >= FRESH_SECONDS) {
      askedAt = time.now()
      asked = checkPolar(settings)
    }
    return asked
  }

  return {
    begin: (c) => jar.setProbe(c, PROBE_LIFETIME_SECONDS),

    async run(c) {
      const cookies = checkCookies(c, jar)
      return {
        checks: [
          ...(await askPolar()),
          cookies,
          checkSecrets(settings.keys),
          await checkCoordinator(settings),
          {
            id: 'versions',
            status: 'ok',
            detail: `Polar's API ${POLAR_VERSION}; ${globalThis.navigator?.userAgent ?? 'unknown runtime'}.`,
          },
        ],
        server: server.identity,
        app_origin: appOrigin,
        redirect_uri: redirectUri,
        server_time: toIso(time.now()),
      }
    },
  }
}

function checkCookies(c: Context, jar: CookieJar): Check {
  const id = 'cookies'
  const { session, probe } = jar.read(c)
  if (probe === undefined) {
    return {
      id,
      status: 'failed',
      detail: `The browser dropped the cookie (${jar.attributes}).`,
      fix: 'Allow cookies for this site, and see that no proxy removes Set-Cookie. On http://localhost Safari refuses Secure cookies; the dev server must not set Secure there.',
    }
  }
  const bytes = session === undefined ? 0 : jar.sessionName.length + session.length
  const size = session === undefined ? 'no session yet' : `${bytes} bytes`
  const detail = `A cookie came back: ${jar.sessionName}; ${jar.attributes}; ${size}.`
  if (bytes <= MAX_COOKIE_BYTES) return { id, status: 'ok', detail }
  const fix = `Ask for fewer permissions: above ${MAX_COOKIE_BYTES} bytes browsers may drop it.`
  return { id, status: 'failed', detail, fix }
}

function checkSecrets(keys: KeyRing): Check {
  const id = 'session_secrets'
  const count = `${keys.length} ${keys.length === 1 ? 'key' : 'keys'} of 32 bytes`
  if (!keys.some(({ bytes }) => isPattern(bytes))) return { id, status: 'ok', detail: `${count}.` }
  return {
    id,
    status: 'failed',
    detail: `${count}, and at least one is an example value.`,
    fix: 'Generate one with: node -e "console.log(crypto.getRandomValues(Buffer.alloc(32)).toString(\'base64url\'))"',
  }
}

/** Bytes that repeat, or count up, as an example does. */
function isPattern(bytes: Uint8Array): boolean {
  const steps = new Set(bytes.slice(1).map((byte, index) => byte - (bytes[index] ?? 0)))
  return steps.size < MIN_DISTINCT_BYTES / 2 || new Set(bytes).size < MIN_DISTINCT_BYTES
}

async function checkCoordinator({ coordinator }: Settings): Promise<Check> {
  const id = 'coordinator'
  const key = COORDINATOR_KEYS.diagnostics(randomId())
  try {
    const held = (await coordinator.claim(key, key, 10)) && !(await coordinator.claim(key, '', 10))
    if (held && (await coordinator.release(key, key))) {
      return { id, status: 'ok', detail: 'It keeps what one instance claims from the others.' }
    }
    const detail = 'It forgets what it was given, so two instances could refresh at once.'
    return { id, status: 'failed', detail, fix: 'Check what REDIS_URL leads to.' }
  } catch (error) {
    if (!(error instanceof BffError)) throw error
    return {
      id,
      status: 'failed',
      detail: 'It cannot be reached: sign-in and refresh answer 503.',
      fix: 'Check REDIS_URL, and that the server may reach that address.',
    }
  }
}
