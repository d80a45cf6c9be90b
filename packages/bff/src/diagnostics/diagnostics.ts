/**
 * The server's half of the checks: what only the server knows about its configuration. It answers only
 * if an operator turned it on, and tells no secret.
 */
import type { Check, DiagnosticsAnswer, FaultsAnswer, SignInsAnswer } from '@polar-connect/protocol'
import { COORDINATOR_KEYS, type Coordinator } from '../coordinator/coordinator.ts'
import { json, type Handle } from '../http/answer.ts'
import type { CookieJar } from '../http/cookie-jar.ts'
import { exchangeOf, type Exchange } from '../http/exchange.ts'
import { readEmulatorFaults } from './emulator-faults.ts'
import { pinnedApiNotice } from './pinned-api.ts'
import { checkPolar } from './polar-checks.ts'
import { tellsSignIns, traceSignIns } from './sign-in-trace.ts'
import { BffError } from '../errors/bff-error.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import type { Settings } from '../settings/settings.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import { randomId } from '../runtime/random.ts'
import { toIso } from '../sealing/sealed-session.ts'

export type { PolarFacts } from './polar-answers.ts'
export { checkPolar } from './polar-checks.ts'

/**
 * A caller who asks again sooner gets the same answer: each run sends a few requests, which count at
 * Polar. The emulator counts none, and its faults come and go.
 */
const FRESH_SECONDS = { emulator: 2, polar: 30 } as const
const PROBE_LIFETIME_SECONDS = 60
/** Browsers keep 4096 bytes of name, value and attributes (RFC 6265 §6.1). */
const MAX_COOKIE_BYTES = 3500
/** 32 random bytes have about 30 different values, and never so few by chance. */
const MIN_DISTINCT_BYTES = 16

/** What a host knows about its lock: whether several instances share it, and what follows if not. */
export type LockNotice = Pick<Check, 'status' | 'detail' | 'fix'>

/**
 * Makes the handler of `GET /bff/diagnostics`.
 *
 * @param settings of the BFF, with what the host says about its lock.
 * @example
 * createBff({ ...options, diagnostics: createDiagnostics })
 */
export function createDiagnostics(
  settings: Settings & { readonly lock?: LockNotice },
  jar: CookieJar,
): Handle {
  const { server, appOrigin, redirectUri, time } = settings
  const signIns = tellsSignIns(settings) ? traceSignIns(settings) : undefined
  let asked: Promise<readonly Check[]> | undefined
  let askedAt = -Infinity
  const freshSeconds = FRESH_SECONDS[server.loopback ? 'emulator' : 'polar']

  function askPolar(): Promise<readonly Check[]> {
    if (asked === undefined || time.now() - askedAt >= freshSeconds) {
      askedAt = time.now()
      asked = checkPolar(settings)
    }
    return asked
  }

  async function answer(exchange: Exchange): Promise<DiagnosticsAnswer> {
    const cookies = checkCookies(exchange, jar)
    return {
      checks: [
        ...(await askPolar()),
        cookies,
        checkSecrets(settings.keys),
        await checkLock(settings.coordinator, settings.lock),
        checkVersions(time.now()),
      ],
      server: server.identity,
      app_origin: appOrigin,
      redirect_uri: redirectUri,
      server_time: toIso(time.now()),
      tells_sign_ins: signIns !== undefined,
    }
  }

  async function tellFaults(): Promise<FaultsAnswer> {
    const faults = await readEmulatorFaults(settings)
    if (faults === undefined) throw new BffError('not_found', 'no emulator')
    return { faults: faults.map(({ title }) => title) }
  }

  async function tellSignIns(): Promise<SignInsAnswer> {
    if (signIns === undefined) throw new BffError('not_found', 'other people may sign in here')
    return { sign_ins: await signIns() }
  }

  return async (c) => {
    const about = c.req.query()
    if ('faults' in about) return json(await tellFaults())
    if ('sign_ins' in about) return json(await tellSignIns())
    const exchange = exchangeOf(c)
    // The next call expects it back.
    jar.probe.set(exchange, '1', PROBE_LIFETIME_SECONDS)
    return 'probe' in about
      ? { status: 204, headers: {}, body: null }
      : json(await answer(exchange))
  }
}

/** What runs here, and how long Polar's API goes on in this version. */
function checkVersions(now: number): Check {
  const id = 'versions'
  const runtime = globalThis.navigator?.userAgent ?? 'unknown runtime'
  const detail = `Polar API ${POLAR_VERSION}, ${runtime}.`
  const notice = pinnedApiNotice(now)
  if (notice === undefined) return { id, status: 'ok', detail }
  return {
    id,
    status: notice.urgent ? 'failed' : 'warning',
    detail: `${notice.text} ${detail}`,
    fix: 'Update Polar Connect.',
  }
}

function checkCookies(exchange: Exchange, jar: CookieJar): Check {
  const id = 'cookies'
  const session = jar.session.read(exchange)
  const probe = jar.probe.read(exchange)
  if (probe === undefined) {
    return {
      id,
      status: 'failed',
      detail: `The browser dropped the cookie (${jar.attributes}).`,
      fix: 'Allow cookies for this site, and check that no proxy removes Set-Cookie. On http://localhost Safari refuses Secure cookies.',
    }
  }
  const bytes = session === undefined ? 0 : jar.session.name.length + session.length
  const size = session === undefined ? 'no session yet' : `${bytes} bytes`
  const detail = `A cookie came back: ${jar.session.name}; ${jar.attributes}; ${size}.`
  if (bytes <= MAX_COOKIE_BYTES) return { id, status: 'ok', detail }
  const fix = `Ask for fewer permissions. Browsers may drop a cookie above ${MAX_COOKIE_BYTES} bytes.`
  return { id, status: 'failed', detail, fix }
}

function checkSecrets(keys: KeyRing): Check {
  const id = 'session_secrets'
  const count = `${keys.length} ${keys.length === 1 ? 'key' : 'keys'} of 32 bytes`
  if (!keys.some(({ bytes }) => isPattern(bytes))) return { id, status: 'ok', detail: `${count}.` }
  return {
    id,
    status: 'failed',
    detail: `A session secret is an example value. ${count}.`,
    fix: 'Generate one with: node -e "console.log(crypto.getRandomValues(Buffer.alloc(32)).toString(\'base64url\'))"',
  }
}

/** Bytes that repeat or count up, as in an example. */
function isPattern(bytes: Uint8Array): boolean {
  const steps = new Set(bytes.slice(1).map((byte, index) => byte - (bytes[index] ?? 0)))
  return steps.size < MIN_DISTINCT_BYTES / 2 || new Set(bytes).size < MIN_DISTINCT_BYTES
}

async function checkLock(
  coordinator: Coordinator,
  notice: LockNotice = { status: 'ok', detail: 'The lock works.' },
): Promise<Check> {
  const id = 'coordinator'
  const key = COORDINATOR_KEYS.diagnostics(randomId())
  try {
    const held = (await coordinator.claim(key, key, 10)) && !(await coordinator.claim(key, '', 10))
    if (held && (await coordinator.release(key, key))) {
      return { id, ...notice }
    }
    const detail = 'The shared lock lost a claimed key. Two servers could refresh at once.'
    return {
      id,
      status: 'failed',
      detail,
      fix: 'Check REDIS_URL, and that its server evicts nothing.',
    }
  } catch (error) {
    if (!(error instanceof BffError)) throw error
    return {
      id,
      status: 'failed',
      detail: 'The shared lock cannot be reached. Sign-in and refresh answer 503.',
      fix: 'Check REDIS_URL, and that the server can reach that address.',
    }
  }
}
