/**
 * Checks an authorization request, in Polar's order. Some errors redirect to the app. Others are
 * shown to the person on Polar's error page, and the app does not learn of them.
 */
import type { Client, Code } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { uuidForm } from '../http/parameters.ts'
import { isCommitted, type Commit } from '../world/commits.ts'
import { scopeWords } from '../world/scopes.ts'

export interface AuthorizeRequest {
  readonly client: Client
  /** Where the browser returns to. */
  readonly redirectUri: string
  /** As sent. Null if the request sent none: then the exchange needs none either. */
  readonly givenRedirectUri: string | null
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly nonce: string | null
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null
  readonly requiresOrganization: boolean
}

export type AuthorizeOutcome =
  /** 400 with an OAuth error, on Polar's error page. */
  | {
      readonly kind: 'page'
      readonly error: string
      readonly description?: string
      readonly state?: string
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly note: string }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'consent'; readonly request: AuthorizeRequest }

const ONLY_ONCE = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state'] as const
const CHALLENGE = /^[A-Za-z0-9\-._~]{43,128}$/

/** @param personId the person who is signed in, or null. */
export function checkAuthorizeRequest(
  world: World,
  query: URLSearchParams,
  personId: string | null,
  commitAfterMs?: number,
): AuthorizeOutcome {
  const checked = checkParameters(world, query)
  if (!('request' in checked)) return checked
  const { request } = checked
  const fail = (error: string, description?: string) =>
    redirectError(request.redirectUri, error, description, request.state)

  // Only an explicit `openid` counts, not one from the client's default scopes.
  const openid = (query.get('scope') ?? '').split(' ').includes('openid')
  const prompt = query.get('prompt')
  const prompts = prompt?.split(' ') ?? []
  if (openid && prompts.includes('none') && prompts.length > 1) {
    return fail('invalid_request', "Invalid 'prompt' parameter.")
  }
  const subType = query.get('sub_type') ?? ''
  if (!['', 'user', 'organization'].includes(subType)) {
    return page('invalid_request', 'Invalid sub_type', request.state)
  }
  if (personId === null) {
    if (prompt === 'none') return fail('login_required')
    return openid ? { kind: 'unauthorized' } : { kind: 'consent', request }
  }
  if (prompt === 'login' && openid) return { kind: 'unauthorized' }
  const stored = world.consentOf(request.client.id, personId)?.split(' ') ?? []
  const covered = request.scopes.every((scope) => stored.includes(scope))
  if (prompt === 'none' && !covered) return fail('consent_required')
  // The screen is skipped only without `prompt`. `prompt=none` never succeeds at Polar.
  if (prompt !== null || !covered) return { kind: 'consent', request }
  const chosen = chooseOrganizations(world, request, query.getAll('organizations'), personId)
  if ('kind' in chosen) return chosen
  const commit = world.commit(commitAfterMs)
  return {
    kind: 'redirect',
    location: grantCode(world, request, { personId, ...chosen, issued: commit }),
    note: 'Consent skipped: already granted',
  }
}

/** The checks that do not depend on who is signed in. */
export function checkParameters(
  world: World,
  query: URLSearchParams,
): AuthorizeOutcome | { readonly request: AuthorizeRequest } {
  const state = query.get('state') || null
  const clientId = query.get('client_id') ?? ''
  const client = world.client(clientId)
  const given = query.get('redirect_uri')
  const target =
    given === null ? client?.redirectUris[0] : client?.redirectUris.find((uri) => uri === given)

  const responseType = query.get('response_type')
  if (responseType !== 'code') {
    const description = responseType ?? undefined
    return target === undefined
      ? page('unsupported_response_type', description, state)
      : redirectError(target, 'unsupported_response_type', description, state)
  }
  const repeated = ONLY_ONCE.find((name) => query.getAll(name).length > 1)
  if (repeated) return page('invalid_request', `Multiple '${repeated}' in request.`, state)
  if (clientId === '') return page('invalid_client', "Missing 'client_id' parameter.", state)
  if (client === undefined) {
    return page('invalid_client', 'The client does not exist on this server.', state)
  }
  if (target === undefined) {
    return given === null
      ? page('invalid_request', "Missing 'redirect_uri' in request.", state)
      : page('invalid_request', `Redirect URI ${given} is not supported by client.`, state)
  }
  const fail = (error: string, description?: string) =>
    redirectError(target, error, description, state)
  if (!client.grantTypes.includes('authorization_code')) return fail('unauthorized_client')
  const scope = query.get('scope')
  const scopes = scope === null ? client.scopes : scopeWords(scope)
  if (!scopes.every((word) => world.scopes.includes(word))) {
    return fail('invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  }
  const challenge = query.get('code_challenge')
  const method = query.get('code_challenge_method')
  if (challenge === null && method !== null)
    return fail('invalid_request', "Missing 'code_challenge'")
  if (challenge !== null && !CHALLENGE.test(challenge)) {
    return fail('invalid_request', "Invalid 'code_challenge'")
  }
  if (challenge !== null && method !== null && method !== 'S256' && method !== 'plain') {
    return fail('invalid_request', "Unsupported 'code_challenge_method'")
  }
  const nonce = query.get('nonce')
  const openid = (scope ?? '').split(' ').includes('openid')
  if (openid && nonce !== null && isNoncePending(world, client.id, nonce)) {
    return fail('invalid_request', 'Replay attack')
  }
  return {
    request: {
      client,
      redirectUri: target,
      givenRedirectUri: given,
      scopes,
      state,
      nonce,
      challenge:
        challenge === null
          ? null
          : { value: challenge, method: method === 'S256' ? 'S256' : 'plain' },
      requiresOrganization: query.get('sub_type') === 'organization',
    },
  }
}

/**
 * The organizations that the token is limited to, from URL and form. If only one is allowed, Polar
 * takes the UUID that sorts first.
 */
export function chooseOrganizations(
  world: World,
  request: AuthorizeRequest,
  chosen: readonly string[],
  personId: string,
): { readonly organizationIds: readonly string[] } | Extract<AuthorizeOutcome, { kind: 'page' }> {
  const state = world.profile.consentErrorsCarryState ? request.state : null
  const refuse = (description: string) => page('invalid_request', description, state)
  if (chosen.some((id) => uuidForm(id) !== undefined)) {
    return refuse("Invalid 'organizations' UUID")
  }
  const reachable = new Set(world.organizationsToGrant(personId).map(({ id }) => id))
  const foreign = chosen.find((id) => !reachable.has(id))
  if (foreign !== undefined) return refuse(`Organization ${foreign} is not accessible`)
  if (!request.requiresOrganization) return { organizationIds: chosen }
  const [first] = chosen.toSorted()
  if (first !== undefined) return { organizationIds: [first] }
  return refuse('sub_type=organization requires selecting an organization')
}

/** Issues a code. Returns the callback URL with it. */
export function grantCode(
  world: World,
  request: AuthorizeRequest,
  answer: Pick<Code, 'personId' | 'organizationIds'> & { readonly issued: Commit },
): string {
  const value = world.createCode({
    ...answer,
    clientId: request.client.id,
    redirectUri: request.givenRedirectUri,
    scopes: request.scopes,
    nonce: request.nonce,
    challenge: request.challenge,
    requiresOrganization: request.requiresOrganization,
  })
  return withIssuer(world, appended(request.redirectUri, { code: value, state: request.state }))
}

/** Callbacks after a person's choice name the issuer, errors too (RFC 9207). */
export function withIssuer(world: World, location: string): string {
  return world.profile.namesIssuerInCallbacks ? appended(location, { iss: world.issuer }) : location
}

export function redirectError(
  redirectUri: string,
  error: string,
  description?: string,
  state: string | null = null,
): Extract<AuthorizeOutcome, { kind: 'redirect' }> {
  const location = appended(redirectUri, { error, error_description: description ?? null, state })
  return { kind: 'redirect', location, note: `Refused: ${error}` }
}

function page(
  error: string,
  description: string | undefined,
  state: string | null,
): Extract<AuthorizeOutcome, { kind: 'page' }> {
  return {
    kind: 'page',
    error,
    ...(description !== undefined && { description }),
    ...(state !== null && { state }),
  }
}

/** Appends parameters and keeps the query of the redirect URI. */
export function appended(uri: string, parameters: Record<string, string | null>): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.append(name, value)
  }
  return url.href
}

/** A nonce can be used again after the exchange, because Polar deletes the code's row. */
function isNoncePending(world: World, clientId: string, nonce: string): boolean {
  return [...world.codes.values()].some(
    (code) => code.clientId === clientId && code.nonce === nonce && isCommitted(code.issued),
  )
}
