/**
 * Who is connected. Polar issues user tokens, limited to one organization if one was asked for, and
 * only introspection says which. An older organization token stands for the organization itself.
 */
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import { askWhileFresh } from '../polar/freshly-issued.ts'
import type { Polar } from '../polar/polar.ts'
import type { Tokens } from '../polar/token-answer.ts'
import type { Time } from '../runtime/time.ts'
import type { Session } from '../sealing/sealed-session.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import type { IdTokenClaims } from './id-token.ts'
import type { Transaction } from './transaction.ts'

/** A cookie has little space, and a name is only for reading. */
const MAX_NAME_LENGTH = 64
/** RFC 5321 §4.5.3.1.3 allows 254. A longer address than this is left to userinfo. */
const MAX_EMAIL_LENGTH = 128

const organizationsSchema = v.object({
  items: v.array(v.object({ id: v.string(), name: v.string(), slug: v.string() })),
})

/**
 * Finds out whose the new tokens are.
 *
 * @throws {BffError} `polar_invalid_response` if an organization was asked for and Polar names none;
 *   `organization_mismatch` if it names another than the one that was asked for.
 */
export async function identify(
  tokens: Pick<Tokens, 'accessToken' | 'issuedAt'> & { readonly scopes: readonly string[] },
  claims: IdTokenClaims,
  transaction: Pick<Transaction, 'subject' | 'organization'>,
  polar: Polar,
  time: Time,
): Promise<Pick<Session, 'subject' | 'user'>> {
  const person = { id: claims.sub, ...emailOf(claims), ...nameOf(claims['name']) }
  if (transaction.subject === 'user') {
    return { subject: { type: 'user', id: claims.sub, ...nameOf(claims['name']) }, user: person }
  }
  const readsOrganizations = tokens.scopes.some((scope) => scope.startsWith('organizations:'))
  const [introspection, organizations] = await Promise.all([
    askWhileFresh(
      time,
      tokens.issuedAt,
      () => polar.oauth.introspect(tokens.accessToken),
      (answer) => answer === undefined,
    ),
    readsOrganizations ? listOrganizations(tokens, polar, time) : [],
  ])
  const isOlder = introspection?.subjectType === 'organization'
  const id = isOlder ? introspection.subjectId : introspection?.organizations[0]
  if (id === undefined) {
    const about = introspection === undefined ? 'calls the new token inactive' : 'names none'
    throw new BffError('polar_invalid_response', `asked for the organization, Polar ${about}`)
  }
  if (transaction.organization !== undefined && transaction.organization !== id) {
    throw new BffError('organization_mismatch', 'another organization was chosen')
  }
  const found = organizations.find((organization) => organization.id === id)
  const names = found && { ...nameOf(found.name), slug: clip(found.slug) }
  return { subject: { type: 'organization', id, ...names }, user: isOlder ? { id } : person }
}

/** A name is worth a request, but no failed sign-in: without one, the page shows that it is missing. */
async function listOrganizations(
  { accessToken, issuedAt }: Pick<Tokens, 'accessToken' | 'issuedAt'>,
  { transport }: Polar,
  time: Time,
) {
  const ask = () =>
    transport.sendSmall({
      operation: 'organizations',
      method: 'GET',
      path: '/v1/organizations/?limit=10',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${accessToken}`,
        'polar-version': POLAR_VERSION,
      },
    })
  try {
    const answer = await askWhileFresh(time, issuedAt, ask, ({ status }) => status === 401)
    const parsed = v.safeParse(organizationsSchema, await answer.json())
    return parsed.success ? parsed.output.items : []
  } catch (cause) {
    if (!(cause instanceof BffError || cause instanceof SyntaxError)) throw cause
    return []
  }
}

function emailOf({ email }: IdTokenClaims): { email?: string } {
  return typeof email === 'string' && email.length <= MAX_EMAIL_LENGTH ? { email } : {}
}

function nameOf(name: unknown): { name?: string } {
  return typeof name === 'string' && name !== '' ? { name: clip(name) } : {}
}

/** Cuts between characters, never inside one. */
function clip(text: string): string {
  if (text.length <= MAX_NAME_LENGTH) return text
  const characters = Array.from(text)
  return `${characters.slice(0, MAX_NAME_LENGTH - 1).join('')}…`
}
