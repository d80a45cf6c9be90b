/** Whether Polar knows this client, with its secret, its redirect URI and its permissions. */
import { SCOPES, type Check } from '@polar-connect/protocol'
import type { PolarServer } from '../settings/polar-server.ts'
import { knowsClient } from './authorization-probe.ts'
import { closestWord } from './closest-word.ts'
import type { PolarAnswers, PolarFacts } from './polar-answers.ts'
import { notAsked } from './server-checks.ts'

/** A value as examples and templates write it, to be replaced. */
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

export function checkEnvironment({ server }: PolarFacts, answers: PolarAnswers): Check {
  const id = 'environment'
  const { discovery, authorization, home } = answers
  if (home !== undefined) {
    return {
      id,
      status: 'failed',
      detail: `The client belongs to ${home} but the API host is ${server.identity.name}.`,
      fix: `Set POLAR_SERVER to match: POLAR_SERVER=${home}.`,
    }
  }
  const page = discovery?.body['authorization_endpoint']
  const ours = server.metadata.authorization_endpoint
  if (typeof page === 'string' && page !== ours) {
    return {
      id,
      status: 'failed',
      detail: `The server's authorization_endpoint is ${page} but the app uses ${ours}.`,
      fix: 'Check POLAR_SERVER.',
    }
  }
  if (knowsClient(authorization) !== true) {
    return { id, status: 'skipped', detail: 'Where the client belongs is not known.' }
  }
  const detail = `Client, authorize host and API host all belong to ${nameOf(server)}.`
  return { id, status: 'ok', detail }
}

export function checkClientId(
  { server, clientId }: PolarFacts,
  { authorization: { kind }, home }: PolarAnswers,
): Check {
  const id = 'client_id'
  if (kind === 'unreachable' || kind === 'unclear') return notAsked(id)
  if (kind !== 'client_unknown') {
    return { id, status: 'ok', detail: `${hostOf(server)} knows ${clientId}.` }
  }
  const example = isExample(clientId) ? ' It looks like an example value.' : ''
  return {
    id,
    status: 'failed',
    detail: `Polar doesn't know this client ID. ${nameOf(server)} refused ${clientId}.${example}`,
    fix:
      home === undefined
        ? `Set POLAR_CLIENT_ID to the one that is shown at ${settingsPage(server)}.`
        : `If you created it on ${home === 'sandbox' ? 'sandbox.polar.sh' : 'polar.sh'}, set POLAR_SERVER=${home}.`,
  }
}

/** Polar authenticates the client before it looks at the code. So a refused code proves the secret. */
export function checkSecret(
  { server, clientSecret }: PolarFacts,
  { authorization, token }: PolarAnswers,
): Check {
  const id = 'client_secret'
  if (clientSecret === undefined) {
    return { id, status: 'skipped', detail: 'Only the server knows it.' }
  }
  if (token === undefined || token.status >= 500 || !token.readable) return notAsked(id)
  const masked = maskSecret(clientSecret)
  const { error } = token.body
  if (error === 'invalid_grant') return { id, status: 'ok', detail: `Polar accepts ${masked}.` }
  if (error === 'unauthorized_client') {
    return {
      id,
      status: 'failed',
      detail: 'Polar does not let this client exchange authorization codes.',
      fix: `Turn on the authorization_code grant for the client at ${settingsPage(server)}.`,
    }
  }
  if (error !== 'invalid_client') {
    const detail = `Polar answered ${token.status} to a made-up code.`
    return { id, status: 'skipped', detail }
  }
  if (authorization.kind === 'client_unknown') {
    return { id, status: 'skipped', detail: 'Polar knows no such client.' }
  }
  const example = isExample(clientSecret) ? ' It looks like an example value.' : ''
  return {
    id,
    status: 'failed',
    detail: `Polar refused the client secret. ${hostOf(server)} answered invalid_client to ${masked}.${example}`,
    fix: `Set POLAR_CLIENT_SECRET to the one beside the client ID at ${settingsPage(server)}. The client must be confidential (client_secret_post).`,
  }
}

/** Enough to tell two secrets apart, and nothing of a short one. */
function maskSecret(secret: string): string {
  const prefix = secret.startsWith('polar_cs_') ? 'polar_cs_' : ''
  return `${prefix}…${secret.length >= 32 ? secret.slice(-4) : ''}`
}

export function checkRedirectUri(
  { server, redirectUri }: PolarFacts,
  { authorization: { kind } }: PolarAnswers,
): Check {
  const id = 'redirect_uri'
  switch (kind) {
    case 'accepted':
    case 'refused':
    case 'failing':
    case 'state_altered':
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
      return notAsked(id)
  }
}

export function checkScopes({ scopes }: PolarFacts, answers: PolarAnswers): Check {
  const id = 'scopes'
  const { discovery, authorization } = answers
  const supported = discovery?.body['scopes_supported']
  if (Array.isArray(supported)) {
    const known = supported.filter((scope) => typeof scope === 'string')
    const unknown = scopes.find((scope) => !known.includes(scope))
    if (unknown !== undefined) return { id, status: 'failed', ...unknownScope(unknown, known) }
  }
  if (authorization.kind === 'refused') {
    return {
      id,
      status: 'failed',
      detail: `Polar refuses what the connect button asks for (${authorization.error}).`,
      fix: 'Check POLAR_SCOPES, and the grant types of the client at Polar.',
    }
  }
  const asked = Array.isArray(supported) || authorization.kind === 'accepted'
  return asked
    ? { id, status: 'ok', detail: `Polar knows all of: ${scopes.join(' ')}.` }
    : notAsked(id)
}

function unknownScope(scope: string, known: readonly string[]): Pick<Check, 'detail' | 'fix'> {
  if ((SCOPES as readonly string[]).includes(scope)) {
    return {
      detail: `Polar no longer has the scope ${scope}.`,
      fix: 'Remove it from POLAR_SCOPES, or update Polar Connect.',
    }
  }
  const meant = closestWord(scope, known)
  const suggestion = meant === undefined ? '' : `Did you mean ${meant}? `
  return { detail: `Unknown scope: ${scope}.`, fix: `${suggestion}Fix POLAR_SCOPES.` }
}
