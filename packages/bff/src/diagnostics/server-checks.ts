/** Whether Polar itself is well: it answers, its keys verify, it knows our version, its clock is right. */
import {
  describeSkew,
  MAX_CLOCK_SKEW_SECONDS,
  type Check,
  type CheckId,
} from '@polar-connect/protocol'
import { importJWK, type JWK } from 'jose'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import { signInLoss } from './changes.ts'
import type { PolarAnswers, PolarFacts } from './polar-answers.ts'
import type { Answered } from './questions.ts'

const SLOW_MS = 2000
/** ID tokens live an hour (OpenID Connect `exp`). */
const ID_TOKEN_LIFETIME_SECONDS = 3600

export function notAsked(id: CheckId): Check {
  return { id, status: 'skipped', detail: 'Polar could not be asked.' }
}

/** Polar is reachable if each endpoint of a sign-in answers in its form. */
export function checkAnswers({ server }: PolarFacts, answers: PolarAnswers): Check {
  const id = 'polar'
  const fix = "Check the network, or Polar's status page."
  const { host } = new URL(server.apiOrigin)
  const failed = (detail: string, what = fix): Check => ({
    id,
    status: 'failed',
    detail,
    fix: what,
  })
  const { discovery, authorization, token, introspection } = answers
  if (discovery === undefined) return failed(`Polar isn't answering. ${host} gives no answer.`)
  const broken =
    endpointFault('token endpoint', token) ??
    endpointFault('introspection endpoint', introspection) ??
    authorizationFault(authorization)
  if (broken !== undefined) return failed(broken)
  const { status, body } = discovery
  if (status !== 200 || typeof body['issuer'] !== 'string') {
    const custom = server.identity.name === 'custom'
    const detail = `${host} answers ${status} without a discovery document.`
    return failed(detail, custom ? 'Check POLAR_SERVER.' : fix)
  }
  const loss = signInLoss(body)
  if (loss !== undefined) return failed(loss, 'Update Polar Connect.')
  if (body['issuer'] !== server.metadata.issuer) {
    const detail = `Polar's issuer is ${body['issuer']}. The app expects ${server.metadata.issuer}, and accepts what discovery names.`
    return { id, status: 'warning', detail, fix: `Set POLAR_ISSUER=${body['issuer']}.` }
  }
  const times = [discovery, token, introspection].map((answer) => answer?.milliseconds ?? 0)
  const slowest = Math.max(...times)
  if (slowest > SLOW_MS) {
    const detail = `Polar took ${(slowest / 1000).toFixed(1)} s to answer.`
    return { id, status: 'warning', detail, fix }
  }
  return { id, status: 'ok', detail: `${host} answers.` }
}

function endpointFault(name: string, answer: Answered | undefined): string | undefined {
  if (answer === undefined) return `Polar isn't answering. Its ${name} gives no answer.`
  const { status, readable } = answer
  if (status === 502 || status === 503 || status === 504) {
    return `Polar isn't answering. Its ${name} answers ${status}.`
  }
  if (status >= 500) return `Polar's ${name} answers ${status}.`
  // A 429 has no body.
  if (!readable && status !== 429) return `Polar's answers can't be read. Its ${name} sent no JSON.`
  return undefined
}

function authorizationFault(authorization: PolarAnswers['authorization']): string | undefined {
  const name = 'authorization endpoint'
  switch (authorization.kind) {
    case 'unreachable':
      return endpointFault(name, undefined)
    case 'unclear':
      return endpointFault(name, authorization.answer)
    case 'failing':
      return `Polar's ${name} ends every sign-in with ${authorization.error}.`
    case 'state_altered':
      return `Polar's ${name} returns another state than it was given.`
    case 'accepted':
    case 'refused':
    case 'client_unknown':
    case 'redirect_uri_unknown':
      return undefined
  }
}

/** ID tokens are signed with RS256 (OpenID Connect Core §3.1.3.7), by keys of at least 2048 bits. */
export async function checkKeys(
  { server }: PolarFacts,
  keys: Answered | undefined,
): Promise<Check> {
  const id = 'keys'
  if (keys === undefined) return notAsked(id)
  const list: readonly unknown[] = Array.isArray(keys.body['keys']) ? keys.body['keys'] : []
  const usable = await Promise.all(list.map(isUsableKey))
  const count = usable.filter(Boolean).length
  if (count === 0) {
    return {
      id,
      status: 'failed',
      detail: `${server.metadata.jwks_uri} has no key that can verify an ID token.`,
      fix: 'Check POLAR_SERVER.',
    }
  }
  return { id, status: 'ok', detail: `${count} usable ${count === 1 ? 'key' : 'keys'}.` }
}

async function isUsableKey(value: unknown): Promise<boolean> {
  const jwk = value as JWK
  if (jwk.kty !== 'RSA' || jwk.use === 'enc') return false
  try {
    const key = await importJWK(jwk, 'RS256')
    const length = key instanceof CryptoKey && (key.algorithm as RsaKeyAlgorithm).modulusLength
    return Number(length) >= 2048
  } catch {
    // It only looks like a key.
    return false
  }
}

/**
 * Whether Polar still supports the pinned version. A removed one gets the 404 of an unknown path. Only
 * the missing `Polar-Version` tells the two apart.
 */
export function checkVersion({ discovery, pinned }: PolarAnswers): Check {
  const id = 'api_version'
  if (discovery?.status !== 200 || pinned === undefined) return notAsked(id)
  const current = discovery.headers.get('Polar-Version')
  if (pinned.status === 404 && !pinned.headers.has('Polar-Version')) {
    return {
      id,
      status: 'failed',
      detail: `Polar no longer supports ${POLAR_VERSION}.`,
      fix: `Update Polar Connect.${current === null ? '' : ` ${current} is current.`}`,
    }
  }
  if (current === null) return { id, status: 'ok', detail: 'The server has no versions.' }
  if (current === POLAR_VERSION) return { id, status: 'ok', detail: `${current} is current.` }
  const state = current > POLAR_VERSION ? 'deprecated' : 'a preview'
  return { id, status: 'ok', detail: `${POLAR_VERSION} is ${state}. ${current} is current.` }
}

/** An ID token may not come from the future, nor be expired. Smaller differences do no harm. */
export function checkClock(answer: Answered | undefined): Check {
  const id = 'clock'
  if (answer?.skewSeconds === undefined) return notAsked(id)
  const skew = Math.round(answer.skewSeconds)
  if (Math.abs(skew) <= 1) return { id, status: 'ok', detail: "It agrees with Polar's." }
  const detail = `Polar's clock is ${describeSkew(-skew)} the server's.`
  const fix = 'Turn on automatic time where the server runs.'
  if (skew < -MAX_CLOCK_SKEW_SECONDS || skew > ID_TOKEN_LIFETIME_SECONDS) {
    return { id, status: 'failed', detail, fix }
  }
  return skew > MAX_CLOCK_SKEW_SECONDS
    ? { id, status: 'warning', detail, fix }
    : { id, status: 'ok', detail }
}
