/**
 * `POST /bff/authorize` begins a sign-in. The page gives the challenge and its wishes. State, nonce,
 * client, redirect URI and the set of scopes come from here, so a fault in the page cannot weaken them.
 */
import type { AuthorizeAnswer } from '@polar-connect/protocol'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import { randomId, randomToken, s256 } from '../runtime/random.ts'
import { toIso, type Session } from '../sealing/sealed-session.ts'
import type { Settings } from '../settings/settings.ts'
import { TRANSACTION_LIFETIME_SECONDS, type Transaction } from './transaction.ts'

const scopeToken = v.pipe(v.string(), v.maxLength(64), v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/))

// S62: no unknown member
export const authorizeSchema = v.strictObject({
  /** S256 is 32 bytes: 43 base64url characters (RFC 7636 §4.2). */
  code_challenge: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  // S6: no plain challenge
  code_challenge_method: v.literal('S256'),
  subject: v.optional(v.picklist(['user', 'organization'])),
  organization: v.optional(v.pipe(v.string(), v.uuid())),
  scopes: v.optional(v.pipe(v.array(scopeToken), v.maxLength(100))),
  prompt: v.optional(v.picklist(['none', 'consent'])),
})

/**
 * Plans a sign-in.
 *
 * @param session the living one, if there is one.
 * @param owner who begins it, if the app names its users.
 * @throws {BffError} `invalid_request` for a scope that may not be asked for, or for
 *   `prompt: 'none'` with an organization, which Polar never lets through.
 */
export async function planAuthorization(
  body: v.InferOutput<typeof authorizeSchema>,
  session: Session | undefined,
  owner: string | undefined,
  settings: Settings,
): Promise<{ readonly answer: AuthorizeAnswer; readonly transaction: Transaction }> {
  const { server, clientId, redirectUri, allowedScopes } = settings
  const subject = body.subject ?? settings.subject
  if (subject === 'organization' && body.prompt === 'none') {
    throw new BffError('invalid_request', 'prompt=none is for users only')
  }
  if (subject === 'user' && body.organization !== undefined) {
    throw new BffError('invalid_request', 'an organization for a user connection')
  }
  const requested = ['openid', ...(body.scopes ?? settings.scopes)]
  const refused = requested.filter((scope) => !allowedScopes.includes(scope))
  // S6: no scope beyond the configured ones
  if (refused.length > 0) {
    throw new BffError('invalid_request', `scopes that may not be asked for: ${refused.join(' ')}`)
  }
  // Polar overwrites consent instead of adding to it, so what was granted is asked for again.
  const granted = session?.scopes.filter((scope) => allowedScopes.includes(scope)) ?? []
  const scopes = [...new Set([...requested, ...granted])]
  const more = session !== undefined && scopes.some((scope) => !session.scopes.includes(scope))
  const prompt = subject === 'organization' || more ? (body.prompt ?? 'consent') : body.prompt

  const state = randomToken()
  const transaction: Transaction = {
    id: randomId(),
    startedAt: Math.floor(settings.time.now()),
    ...(owner !== undefined && { owner }),
    stateHash: await s256(state),
    codeChallenge: body.code_challenge,
    nonce: randomToken(),
    redirectUri,
    server: server.identity.origin,
    subject,
    ...(body.organization !== undefined && { organization: body.organization }),
    scopes,
  }
  const url = new URL(server.metadata.authorization_endpoint)
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    nonce: transaction.nonce,
    code_challenge: body.code_challenge,
    code_challenge_method: 'S256',
    sub_type: subject,
    sub: body.organization,
    prompt,
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const expiresAt = transaction.startedAt + TRANSACTION_LIFETIME_SECONDS
  const answer = { authorization_url: url.href, state, expires_at: toIso(expiresAt) }
  return { answer, transaction }
}
