/** Authenticates clients at the token, revoke and introspect endpoints. */
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
  /** Only for endpoints that public clients may call. */
  readonly query?: URLSearchParams
}

/**
 * @param accepted the methods of the endpoint.
 * @param registeredOnly whether the client must use its registered method, as at the token endpoint.
 *   Revocation and introspection accept any method with a secret.
 */
export function authenticateClient(
  world: World,
  { authorization, form, query }: Credentials,
  accepted: readonly AuthMethod[],
  registeredOnly: boolean,
): Client | OAuthFailure {
  const basic = parseBasic(authorization)
  const secret = basic?.secret ?? (form.get('client_secret') || null)
  // Without a secret, the URL may hold the client ID. It wins over the form.
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

/** Both halves are form-encoded (RFC 6749 §2.3.1). */
function parseBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':')
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) }
}
