/**
 * What Polar says about a configuration, without a person and without a sign-in: whether it answers,
 * knows the client, the redirect URI, the permissions and the secret, and what time it is there.
 */
import {
  describeSkew,
  MAX_CLOCK_SKEW_SECONDS,
  type Check,
  type CheckId,
} from '@polar-connect/protocol'
import { importJWK, type JWK } from 'jose'
import { closestWord } from './closest-word.ts'
import { askAuthorization, type AuthorizationAnswer } from './authorization-probe.ts'
import { createPolarQuestions, type Answered } from './questions.ts'
import { polarServer, type PolarServer } from '../settings/polar-server.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { Time } from '../runtime/time.ts'

export interface PolarFacts {
  readonly server: PolarServer
  readonly clientId: string
  /** Whoever looks at a deployment from outside has none; then it is not tried. */
  readonly clientSecret?: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly upstream: Upstream
  /** Epoch seconds. */
  readonly time: Time
}

/** Asks Polar, all questions at once. Nothing is changed there, and no code or token is issued. */
export async function checkPolar(facts: PolarFacts): Promise<readonly Check[]> {
  const ask = createPolarQuestions(facts)
  const [discovery, keys, authorization, secret] = await Promise.all([
    ask.get('/.well-known/openid-configuration'),
    ask.get(new URL(facts.server.metadata.jwks_uri).pathname),
    askAuthorization(ask, facts),
    facts.clientSecret === undefined ? undefined : askSecret(facts, facts.clientSecret),
  ])
  const home = authorization.kind === 'client_unknown' ? await findHome(facts) : undefined
  return [
    checkDiscovery(facts, discovery),
    await checkKeys(facts, keys),
    checkEnvironment(facts, discovery, authorization, home),
    checkClientId(facts, authorization, home),
    checkSecret(facts, authorization, secret),
    checkRedirectUri(facts, authorization),
    checkScopes(facts, discovery, authorization),
    checkClock(discovery ?? keys),
  ]
}

/** As an example or a template writes a value that is to be replaced. */
function isExample(value: string): boolean {
  return /fake|example|your|change.?me|x{4}/i.test(value)
}

function hostOf({ identity }: PolarServer): string {
  return new URL(identity.origin).host
}

/** The environment as people say it. */
function nameOf(server: PolarServer): string {
  const { name } = server.identity
  if (name === 'custom') return hostOf(server)
  return name === 'emulator' ? 'the emulator' : name
}

function settingsPage({ identity }: PolarServer): string {
  return identity.name === 'emulator'
    ? `${identity.origin}/_panel/clients`
    : `${identity.origin}/dashboard/account/developer#oauth`
}

function notAsked(id: CheckId): Check {
  return { id, status: 'skipped', detail: 'Polar could not be asked.' }
}

function checkDiscovery({ server }: PolarFacts, discovery: Answered | undefined): Check {
  const id = 'polar'
  const fix = "Check the network, or Polar's status page."
  const { host } = new URL(server.apiOrigin)
  if (discovery === undefined) {
    return { id, status: 'failed', detail: `${host} gives no answer.`, fix }
  }
  const { status, body } = discovery
  if (status !== 200 || typeof body['issuer'] !== 'string') {
    return {
      id,
      status: 'failed',
      detail: `${host} answers ${status}, and no discovery document.`,
      fix: server.identity.name === 'custom' ? 'Check POLAR_SERVER.' : fix,
    }
  }
  if (body['issuer'] !== server.metadata.issuer) {
    const detail = `${host} issues ID tokens as ${body['issuer']}, and ${server.metadata.issuer} is expected.`
    return { id, status: 'failed', detail, fix: `Set POLAR_ISSUER=${body['issuer']}.` }
  }
  return { id, status: 'ok', detail: `${host} answers.` }
}

/** ID tokens are signed with RS256 (OpenID Connect Core §3.1.3.7), by keys of at least 2048 bits. */
async function checkKeys({ server }: PolarFacts, keys: Answered | undefined): Promise<Check> {
  const id = 'keys'
  if (keys === undefined) return notAsked(id)
  const list: readonly unknown[] = Array.isArray(keys.body['keys']) ? keys.body['keys'] : []
  const usable = await Promise.all(list.map(isUsableKey))
  const count = usable.filter(Boolean).length
  if (count === 0) {
    return {
      id,
      status: 'failed',
      detail: `${server.metadata.jwks_uri} holds no key that could verify an ID token.`,
      fix: 'Check POLAR_SERVER: every sign-in would fail at its ID token.',
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
    // Not a key, whatever it looks like.
    return false
  }
}

function checkEnvironment(
  { server }: PolarFacts,
  discovery: Answered | undefined,
  authorization: AuthorizationAnswer,
  home: 'production' | 'sandbox' | undefined,
): Check {
  const id = 'environment'
  if (home !== undefined) {
    return {
      id,
      status: 'failed',
      detail: `The client belongs to ${home} but the API host is ${server.identity.name}.`,
      fix: `Set POLAR_SERVER to match: POLAR_SERVER=${home}.`,
    }
  }
  const named = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const
  const other = named.find((member) => {
    const address = discovery?.body[member]
    return typeof address === 'string' && address !== server.metadata[member]
  })
  if (other !== undefined) {
    return {
      id,
      status: 'failed',
      detail: `The server names ${String(discovery?.body[other])} as its ${other}; the app uses ${server.metadata[other]}.`,
      fix: 'Check POLAR_SERVER.',
    }
  }
  if (authorization.kind !== 'accepted' && authorization.kind !== 'redirect_uri_unknown') {
    return { id, status: 'skipped', detail: 'It is not known where the client belongs.' }
  }
  const detail = `Client, authorize host and API host all belong to ${nameOf(server)}.`
  return { id, status: 'ok', detail }
}

function checkClientId(
  { server, clientId }: PolarFacts,
  { kind }: AuthorizationAnswer,
  home: 'production' | 'sandbox' | undefined,
): Check {
  const id = 'client_id'
  if (kind === 'unreachable') return notAsked(id)
  if (kind === 'unclear') {
    return { id, status: 'skipped', detail: `Whether ${hostOf(server)} knows it cannot be told.` }
  }
  if (kind !== 'client_unknown') {
    return { id, status: 'ok', detail: `${clientId} is known at ${hostOf(server)}.` }
  }
  const example = isExample(clientId) ? ' It looks like an example value.' : ''
  return {
    id,
    status: 'failed',
    detail: `This client ID was refused by ${nameOf(server)}: ${clientId}.${example}`,
    fix:
      home === undefined
        ? `Set POLAR_CLIENT_ID to the one that is shown at ${settingsPage(server)}.`
        : `If you created it on ${home === 'sandbox' ? 'sandbox.polar.sh' : 'polar.sh'}, set POLAR_SERVER=${home}.`,
  }
}

/** Introspects what is no token: a harmless call that a client with a wrong secret may not make. */
function askSecret(facts: PolarFacts, secret: string): Promise<Answered | undefined> {
  return createPolarQuestions(facts).post('/v1/oauth2/introspect', {
    client_id: facts.clientId,
    client_secret: secret,
    token: 'no-token',
  })
}

function checkSecret(
  { server, clientSecret }: PolarFacts,
  authorization: AuthorizationAnswer,
  answer: Answered | undefined,
): Check {
  const id = 'client_secret'
  if (clientSecret === undefined) {
    return { id, status: 'skipped', detail: 'Only the server knows it.' }
  }
  if (answer === undefined) return notAsked(id)
  const masked = maskSecret(clientSecret)
  if (answer.status === 200) return { id, status: 'ok', detail: `${masked} is accepted.` }
  if (answer.body['error'] !== 'invalid_client') {
    return { id, status: 'skipped', detail: `Polar answered ${answer.status} when it was tried.` }
  }
  if (authorization.kind === 'client_unknown') {
    return { id, status: 'skipped', detail: 'The client is unknown, so its secret was not judged.' }
  }
  const example = isExample(clientSecret) ? ' It looks like an example value.' : ''
  return {
    id,
    status: 'failed',
    detail: `${hostOf(server)} refused ${masked} (invalid_client).${example}`,
    fix: `Set POLAR_CLIENT_SECRET to the one beside the client ID at ${settingsPage(server)}. Register the client as confidential: Polar lets only clients with a secret revoke access.`,
  }
}

/** Enough to tell two secrets apart, and of a short one nothing. */
function maskSecret(secret: string): string {
  const prefix = secret.startsWith('polar_cs_') ? 'polar_cs_' : ''
  return `${prefix}…${secret.length >= 32 ? secret.slice(-4) : ''}`
}

function checkRedirectUri(
  { server, redirectUri }: PolarFacts,
  authorization: AuthorizationAnswer,
): Check {
  const id = 'redirect_uri'
  switch (authorization.kind) {
    case 'accepted':
    case 'refused':
      return { id, status: 'ok', detail: `${redirectUri} is registered at ${hostOf(server)}.` }
    case 'redirect_uri_unknown':
      return {
        id,
        status: 'failed',
        detail: `${redirectUri} is not registered at ${hostOf(server)}.`,
        fix: `Register exactly ${redirectUri} for this client at ${settingsPage(server)}.`,
      }
    case 'client_unknown':
    case 'unreachable':
    case 'unclear':
      return {
        id,
        status: 'skipped',
        detail: `${redirectUri} must be registered at Polar; whether it is, could not be asked.`,
      }
  }
}

function checkScopes(
  { scopes }: PolarFacts,
  discovery: Answered | undefined,
  authorization: AuthorizationAnswer,
): Check {
  const id = 'scopes'
  const supported = discovery?.body['scopes_supported']
  if (Array.isArray(supported)) {
    const known = supported.filter((scope) => typeof scope === 'string')
    const unknown = scopes.find((scope) => !known.includes(scope))
    if (unknown !== undefined) {
      return {
        id,
        status: 'failed',
        detail: `Unknown scope: ${unknown}.`,
        fix: `Did you mean ${closestWord(unknown, known)}? Mend POLAR_SCOPES.`,
      }
    }
  }
  if (authorization.kind === 'refused') {
    return {
      id,
      status: 'failed',
      detail: `Polar refuses the request of the connect button (${authorization.error}).`,
      fix: 'Check POLAR_SCOPES and the grant types of the client at Polar.',
    }
  }
  const asked = Array.isArray(supported) || authorization.kind === 'accepted'
  return asked
    ? { id, status: 'ok', detail: `Polar knows all of: ${scopes.join(' ')}.` }
    : notAsked(id)
}

function checkClock(answer: Answered | undefined): Check {
  const id = 'clock'
  if (answer?.skewSeconds === undefined) return notAsked(id)
  const skew = Math.round(answer.skewSeconds)
  if (Math.abs(skew) <= 1) return { id, status: 'ok', detail: 'It agrees with Polar.' }
  const detail = `It is ${describeSkew(skew)} Polar.`
  return Math.abs(skew) <= MAX_CLOCK_SKEW_SECONDS
    ? { id, status: 'ok', detail }
    : { id, status: 'failed', detail, fix: 'Turn on automatic time where the server runs.' }
}

/** Where a client is known that is not known here. Production and sandbox share nothing. */
async function findHome(facts: PolarFacts): Promise<'production' | 'sandbox' | undefined> {
  const { name } = facts.server.identity
  if (name !== 'production' && name !== 'sandbox') return undefined
  const home = name === 'production' ? 'sandbox' : 'production'
  const there = { ...facts, server: polarServer(home) }
  const { kind } = await askAuthorization(createPolarQuestions(there), there)
  const known = kind === 'accepted' || kind === 'redirect_uri_unknown' || kind === 'refused'
  return known ? home : undefined
}
