/** The token endpoint: exchanges codes for tokens, and refreshes tokens. */
import { createHash } from 'node:crypto'
import { isCommitted } from '../world/commits.ts'
import type { Client, Code, Pair } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { authenticateClient, type OAuthFailure } from './client-authentication.ts'
import { createIdToken } from './id-token.ts'
import { scopeWords } from '../world/scopes.ts'

export interface TokenAnswer {
  readonly token_type: 'Bearer'
  readonly access_token: string
  readonly expires_in: number
  readonly refresh_token?: string
  readonly scope?: string
  readonly id_token?: string
}

export type TokenOutcome =
  /** Polar's database gave up: 500, outside of all layers. */
  | { readonly crash: true; readonly note: string }
  | { readonly answer: TokenAnswer; readonly note: string }
  | { readonly failure: OAuthFailure; readonly note: string }

/** The share of stalls in which the winning refresh gets its answer only afterwards. */
const WINNER_WAITS = 0.25

/** Only Polar uses `web`; no client can register it. */
const GRANTS = ['authorization_code', 'refresh_token', 'web']
/** Parameters that crash Polar if they are not ASCII. */
const ONLY_ASCII = ['client_secret', 'code', 'refresh_token']

const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/

export interface TokenRequest {
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly authorization: string | undefined
  readonly commitAfterMs: number | undefined
  /** How many rotations had finished when it arrived. */
  readonly rotationsSeen: number
}

export async function requestToken(world: World, request: TokenRequest): Promise<TokenOutcome> {
  const { query, form, authorization } = request
  const grantType = query.get('grant_type') ?? form.get('grant_type')
  if (!GRANTS.includes(grantType ?? '')) return refuse('unsupported_grant_type')
  if (ONLY_ASCII.some((name) => /\P{ASCII}/u.test(form.get(name) ?? ''))) {
    return { crash: true, note: 'A secret, code or token that is not ASCII' }
  }
  const methods = ['client_secret_basic', 'client_secret_post', 'none'] as const
  const client = authenticateClient(world, { authorization, form, query }, methods, true)
  if ('error' in client) return { failure: client, note: 'The client could not be authenticated' }
  if (!client.grantTypes.includes(grantType ?? '')) {
    const description = `The client is not authorized to use 'grant_type=${grantType}'`
    return refuse('unauthorized_client', description)
  }
  if (grantType === 'refresh_token') {
    return refresh(world, client, request)
  }
  return exchange(world, client, request)
}

async function exchange(
  world: World,
  client: Client,
  { query, form, commitAfterMs }: TokenRequest,
): Promise<TokenOutcome> {
  const value = form.get('code')
  if (!value) return refuse('invalid_request', "Missing 'code' in request.")
  const code = world.code(value)
  const age = code === undefined ? 0 : world.clock.now() - code.createdAt
  const expired = age > world.settings.code_lifetime
  if (code === undefined || expired || code.clientId !== client.id) {
    const note = expired
      ? 'The code is too old'
      : 'The code was used before, is unknown, or belongs to another client'
    return refuse('invalid_grant', "Invalid 'code' in request.", note)
  }
  const redirectUri = query.get('redirect_uri') ?? form.get('redirect_uri')
  if (code.redirectUri !== null && code.redirectUri !== redirectUri) {
    return refuse('invalid_grant', "Invalid 'redirect_uri' in request.")
  }
  const verifierFault = checkVerifier(client, code, form.get('code_verifier') || null)
  if (verifierFault !== undefined) return verifierFault

  // A failed exchange does not use up the code.
  world.codes.delete(value)
  world.counters.exchanges += 1
  const legacy = code.requiresOrganization && world.settings.organization_tokens === 'documented'
  const pair = world.issuePair({
    kind: legacy ? 'organization' : 'user',
    clientId: client.id,
    personId: legacy ? null : code.personId,
    scopes: code.scopes.filter((scope) => client.scopes.includes(scope)),
    organizationIds: code.organizationIds,
    expiresAt: world.clock.now() + world.settings.access_token_lifetime,
    issued: world.commit(commitAfterMs),
  })
  const idToken = pair.scopes.includes('openid')
    ? await createIdToken(world, { client, code, pair }, takeIdTokenFault(world))
    : undefined
  return { answer: toAnswer(world, pair, idToken), note: 'Code exchanged for tokens' }
}

function takeIdTokenFault(world: World) {
  const request = { method: 'POST', path: '/v1/oauth2/token', grantType: 'authorization_code' }
  return world.faults.take({ ...request, idToken: true }).at(-1)?.rule.id_token
}

function checkVerifier(
  client: Client,
  { challenge }: Code,
  verifier: string | null,
): TokenOutcome | undefined {
  const missing = refuse('invalid_request', "Missing 'code_verifier'")
  if (verifier === null) {
    return challenge !== null || client.authMethod === 'none' ? missing : undefined
  }
  if (challenge === null) {
    return refuse(
      'invalid_request',
      "The authorization request had no 'code_challenge', but a 'code_verifier' was provided.",
    )
  }
  if (!VERIFIER.test(verifier)) return refuse('invalid_request', "Invalid 'code_verifier'")
  const digest = createHash('sha256').update(verifier).digest('base64url')
  const presented = challenge.method === 'S256' ? digest : verifier
  const note = 'PKCE verifier did not match the challenge'
  return presented === challenge.value
    ? undefined
    : refuse('invalid_grant', 'Code challenge failed.', note)
}

async function refresh(world: World, client: Client, request: TokenRequest): Promise<TokenOutcome> {
  const token = request.form.get('refresh_token')
  if (!token) return refuse('invalid_request', "Missing 'refresh_token' in request.")
  const { refreshing } = world
  refreshing.set(token, (refreshing.get(token) ?? 0) + 1)
  // Lets all requests that arrived together begin before one of them rotates.
  await new Promise((resolve) => setImmediate(resolve))
  try {
    return await rotate(world, client, request, token)
  } finally {
    const others = (refreshing.get(token) ?? 1) - 1
    if (others > 0) refreshing.set(token, others)
    else refreshing.delete(token)
  }
}

async function rotate(
  world: World,
  client: Client,
  request: TokenRequest,
  token: string,
): Promise<TokenOutcome> {
  const { query, form, commitAfterMs } = request
  const stalls = world.settings.concurrent_refreshes === 'stall'
  const found = world.pairByToken(token)
  const old = found?.half === 'refresh' ? found.pair : undefined
  if (old?.clientId === client.id && stalls && hasMet(world, old, request)) {
    world.stall.begin()
    await world.stall.over()
    return { crash: true, note: 'Two refreshes at once: Polar stalled for 30 seconds' }
  }
  if (old === undefined || isSpent(world, old, request) || old.clientId !== client.id) {
    const note =
      old?.ended === 'rotated'
        ? 'Refresh token was used before'
        : 'Refresh token is unknown, revoked, or belongs to another client'
    return refuse('invalid_grant', undefined, note)
  }
  const scope = query.get('scope') ?? form.get('scope')
  const wanted = scopeWords(scope ?? '')
  if (!wanted.every((word) => old.scopes.includes(word))) {
    return refuse('invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  }
  const scopes = wanted.length > 0 ? wanted : old.scopes
  // No grace period: both old tokens end here.
  const commit = world.commit(commitAfterMs)
  old.ended = 'rotated'
  old.endedBy = commit
  old.rotatedAt = world.clock.now()
  world.rotated.push(old)
  world.counters.refreshes += 1
  const pair = world.issuePair({
    ...successorKind(world, old),
    clientId: client.id,
    scopes: scopes.filter((word) => client.scopes.includes(word)),
    organizationIds: old.organizationIds,
    expiresAt: world.clock.now() + world.settings.refreshed_access_token_lifetime,
    issued: commit,
  })
  if (!world.settings.rotate_refresh_tokens) {
    pair.refreshToken = old.refreshToken
    old.refreshToken = null
  }
  if (stalls && (world.refreshing.get(token) ?? 0) > 1) {
    world.stall.begin()
    // Sometimes the winner's answer waits too.
    if (world.draw([0, 1]) < WINNER_WAITS) await world.stall.over()
  }
  return { answer: toAnswer(world, pair, undefined), note: 'Refresh token exchanged' }
}

/** Whether another refresh rotated the pair and had not committed when this request arrived. */
function hasMet(world: World, old: Pair, { rotationsSeen }: TokenRequest): boolean {
  if (old.ended !== 'rotated') return false
  return !isCommitted(old.endedBy) || world.rotated.indexOf(old) >= rotationsSeen
}

/** Whether the refresh token no longer works. At Polar: after its first use. */
function isSpent(world: World, pair: Pair, request: TokenRequest): boolean {
  if (pair.ended !== 'rotated') return pair.ended === 'revoked'
  const { reject_reused_refresh_tokens, refresh_grace_seconds, concurrent_refreshes } =
    world.settings
  // Without a row lock, a request that read the row before the rotation does not notice it.
  const raced = concurrent_refreshes === 'all_win' && hasMet(world, pair, request)
  const age = world.clock.now() - (pair.rotatedAt ?? -Infinity)
  const graced = refresh_grace_seconds > 0 && age < refresh_grace_seconds
  return reject_reused_refresh_tokens && !raced && !graced
}

/** An old organization token becomes a user token if the organization has exactly one member. */
function successorKind(world: World, old: Pair): Pick<Pair, 'kind' | 'personId'> {
  if (old.kind === 'user') return { kind: 'user', personId: old.personId }
  const members = world.dataset.memberships.filter(({ organizationId }) =>
    old.organizationIds.includes(organizationId),
  )
  const [only] = members
  return members.length === 1 && only !== undefined
    ? { kind: 'user', personId: only.personId }
    : { kind: 'organization', personId: null }
}

function toAnswer(world: World, pair: Pair, idToken: string | undefined): TokenAnswer {
  return {
    token_type: 'Bearer',
    access_token: pair.accessToken,
    expires_in: Math.round(pair.expiresAt - world.clock.now()),
    ...(pair.refreshToken !== null && { refresh_token: pair.refreshToken }),
    ...(pair.scopes.length > 0 && { scope: pair.scopes.join(' ') }),
    ...(idToken !== undefined && { id_token: idToken }),
  }
}

function refuse(error: string, description?: string, note?: string): TokenOutcome {
  return {
    failure: { status: 400, error, ...(description !== undefined && { description }) },
    note: note ?? `Refused: ${description ?? error}`,
  }
}
