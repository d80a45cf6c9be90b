/**
 * Who is connected. Polar issues user tokens, narrowed to one organization where one was asked for,
 * and says so by introspection alone; an organization token of the older kind stands for itself.
 */
import type { Subject } from '@polar-connect/protocol'
import type { IDToken } from 'oauth4webapi'
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { OAuthClient, Tokens } from '../polar/oauth-client.ts'
import { POLAR_VERSION } from '../settings/polar-server.ts'
import type { PolarTransport } from '../polar/transport.ts'
import type { Session } from '../sealing/sealed-session.ts'
import type { Transaction } from './transaction.ts'

const TIMEOUT_MS = 5000
/** A cookie has little room, and a name is only for reading. */
const MAX_NAME_LENGTH = 64
/** RFC 5321 §4.5.3.1.3 allows 254; a longer local part than this is left to userinfo. */
const MAX_EMAIL_LENGTH = 128

const organizationsSchema = v.object({
  items: v.array(v.object({ id: v.string(), name: v.string(), slug: v.string() })),
})

type Organizations = v.InferOutput<typeof organizationsSchema>['items']

export type Identity = Pick<Session, 'subject' | 'user'>

/**
 * Finds out who a fresh pair of tokens stands for.
 *
 * @throws {BffError} `polar_invalid_response` where an organization was asked for and Polar names
 *   none; `organization_mismatch` where it names another than the one that was wanted.
 */
export async function identify(options: {
  readonly tokens: Pick<Tokens, 'accessToken'> & { readonly scopes: readonly string[] }
  readonly claims: IDToken
  readonly transaction: Pick<Transaction, 'subject' | 'organization'>
  readonly client: OAuthClient
  readonly transport: PolarTransport
}): Promise<Identity> {
  const { tokens, claims, transaction, client, transport } = options
  const person = { id: claims.sub, ...emailOf(claims), ...nameOf(claims['name']) }
  if (transaction.subject === 'user') {
    const subject = { type: 'user' as const, id: claims.sub, ...nameOf(claims['name']) }
    return { subject, user: person }
  }
  const readsOrganizations = tokens.scopes.some((scope) => scope.startsWith('organizations:'))
  const [introspection, organizations] = await Promise.all([
    client.introspect(tokens.accessToken),
    readsOrganizations ? listOrganizations(transport, tokens.accessToken) : [],
  ])
  const older = introspection.subjectType === 'organization'
  const id = older ? introspection.subjectId : introspection.organizations[0]
  if (id === undefined) {
    throw new BffError('polar_invalid_response', 'Polar named no organization')
  }
  if (transaction.organization !== undefined && transaction.organization !== id) {
    throw new BffError('organization_mismatch', 'another organization was chosen')
  }
  const subject: Subject = { type: 'organization', id, ...describe(organizations, id) }
  return { subject, user: older ? { id } : person }
}

/** A name is worth a call, and no failed sign-in: without one the page shows that it is missing. */
async function listOrganizations(
  transport: PolarTransport,
  accessToken: string,
): Promise<Organizations> {
  try {
    const answer = await transport.sendSmall('organizations', {
      method: 'GET',
      path: '/v1/organizations/?limit=10',
      headers: new Headers({
        Accept: 'application/json',
        Authorization: `Bearer ${accessToken}`,
        'Polar-Version': POLAR_VERSION,
      }),
      timeoutMs: TIMEOUT_MS,
    })
    const parsed = v.safeParse(organizationsSchema, await answer.json())
    return parsed.success ? parsed.output.items : []
  } catch (cause) {
    if (!(cause instanceof BffError || cause instanceof SyntaxError)) throw cause
    return []
  }
}

function describe(organizations: Organizations, id: string): Pick<Subject, 'name' | 'slug'> {
  const found = organizations.find((organization) => organization.id === id)
  return found === undefined ? {} : { ...nameOf(found.name), slug: clip(found.slug) }
}

function emailOf({ email }: IDToken): { email?: string } {
  return typeof email === 'string' && email.length <= MAX_EMAIL_LENGTH ? { email } : {}
}

function nameOf(name: unknown): { name?: string } {
  return typeof name === 'string' && name !== '' ? { name: clip(name) } : {}
}

/** Cut between characters, never inside one. */
function clip(text: string): string {
  return text.length <= MAX_NAME_LENGTH
    ? text
    : `${Array.from(text)
        .slice(0, MAX_NAME_LENGTH - 1)
        .join('')}…`
}
