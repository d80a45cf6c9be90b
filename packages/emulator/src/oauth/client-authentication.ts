/** Who is calling the token, revoke or introspect endpoint: by the registered method and no other. */
import type { AuthMethod, Client } from '../world/records.ts'
import type { World } from '../world/world.ts'

export interface OAuthFailure {
  readonly status: 400 | 401
  readonly error: string
  readonly description?: string
  readonly challenge?: string
}

const UNKNOWN = 'The client does not exist on this server.'

export interface Credentials {
  readonly authorization: string | undefined
  readonly form: URLSearchParams
  /** Of an endpoint that public clients may call. */
  readonly query?: URLSearchParams
}

/**
 * @param accepted the methods of the endpoint.
 * @param registeredOnly whether the method must be the client's registered one, as at the token
 *   endpoint; revocation and introspection take any secret-bearing one.
 */
export function authenticateClient(
  world: World,
  { authorization, form, query }: Credentials,
  accepted: readonly AuthMethod[],
  registeredOnly: boolean,
): Client | OAuthFailure {
  const basic = parseBasic(authorization)
  const secret = basic?.secret ?? (form.get('client_secret') || null)
  // Without a secret the id may stand in the URL too, and counts from there first.
  const bare = secret === null ? (query?.get('client_id') ?? null) : null
  const id = basic?.id ?? bare ?? form.get('client_id') ?? ''
  const client = world.client(id)
  if (client === undefined) {
    if (id === '') return refused(accepted)
    return basic === undefined
      ? { status: 400, error: 'invalid_client', description: UNKNOWN }
      : { ...refused(accepted), description: UNKNOWN }
  }
  const method: AuthMethod =
    basic !== undefined ? 'client_secret_basic' : secret === null ? 'none' : 'client_secret_post'
  const allowed = accepted.includes(method) && (!registeredOnly || method === client.authMethod)
  const proven = method === 'none' ? client.authMethod === 'none' : secret === client.secret
  const isPublic = client.authMethod === 'none'
  return allowed && proven && !(isPublic && method !== 'none') ? client : refused(accepted)
}

function refused(accepted: readonly AuthMethod[]): OAuthFailure {
  const methods = accepted.map((method) => `'${method}'`).join(', ')
  const description = `The client cannot authenticate with methods: [${methods}]`
  return {
    status: 401,
    error: 'invalid_client',
    description,
    challenge: `Basic error="invalid_client", error_description="${description}"`,
  }
}

/** RFC 6749 §2.3.1: both halves are form-encoded. */
function parseBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':')
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) }
}
