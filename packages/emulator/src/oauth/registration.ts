/** Dynamic client registration (RFC 7591) and client management (RFC 7592). */
import { Hono, type Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { answerRefusal } from '../http/respond.ts'
import { bearerOf } from '../http/api-layers.ts'
import { SESSION_COOKIE } from '../http/browser-session.ts'
import { noStore } from '../http/cache.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import { readJson } from '../http/json-body.ts'
import { createSecret } from '../runtime/secrets.ts'
import type { Client } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { changedMetadata, clientMetadata, faultOf, type ClientMetadata } from './client-metadata.ts'
import { scopeWords } from '../world/scopes.ts'

const DENIED = {
  error: 'access_denied',
  error_description: 'The resource owner or authorization server denied the request',
}
const UNKNOWN = {
  error: 'invalid_client',
  error_description: 'The client does not exist on this server.',
}

export function createRegistrationRoutes(world: World): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>().basePath('/v1/oauth2/register')
  app.onError(answerRefusal)

  app.post('/', async (c) => {
    if (c.get('caller') !== undefined) {
      return c.json({ error: 'NotPermitted', detail: 'Not permitted' }, 403)
    }
    const metadata = clientMetadata.parse(await readJson(c))
    noStore(c)
    const fault = faultOf(metadata, world.scopes)
    if (fault !== undefined) return invalidClaim(c, fault)
    const client: Client = {
      id: createSecret('polar_ci_'),
      secret: createSecret('polar_cs_'),
      registrationToken: createSecret('polar_crt_'),
      ownerId: browserPerson(c) ?? null,
      createdAt: world.clock.now(),
      description: '',
      registered: world.commit(c.get('commitAfterMs')),
      ...fieldsOf(metadata),
    }
    world.clients.set(client.id, client)
    c.set('note', `Client registered: ${client.name}`)
    return c.json(toMetadata(client), 201)
  })

  app.get('/:id', (c) => {
    noStore(c)
    const client = findOwn(c)
    return client instanceof Response ? client : c.json(toMetadata(client))
  })

  app.put('/:id', async (c) => {
    const { client_id: named, ...metadata } = changedMetadata.parse(await readJson(c))
    noStore(c)
    const client = findOwn(c)
    if (client instanceof Response) return client
    if (named !== client.id) return c.json({ error: 'invalid_request' }, 400)
    const fault = faultOf(metadata, world.scopes)
    if (fault !== undefined) return invalidClaim(c, fault)
    Object.assign(client, fieldsOf(metadata))
    return c.json(toMetadata(client))
  })

  app.delete('/:id', (c) => {
    noStore(c)
    const client = findOwn(c)
    if (client instanceof Response) return client
    world.clients.delete(client.id)
    if (world.profile.clientDeletionEndsTokens) {
      for (const pair of world.pairs) if (pair.clientId === client.id) world.revoke(pair)
    }
    return c.body(null, 204)
  })

  return app

  /** The client of the path, if the caller has its registration token or is signed in as its owner. */
  function findOwn(c: Context<EmulatorEnv>): Client | Response {
    const token = bearerOf(c.req.header('Authorization'))
    const person = browserPerson(c)
    if (token === undefined && person === undefined) return c.json(DENIED, 400)
    const client = world.client(c.req.param('id') ?? '')
    const owns =
      token === undefined ? client?.ownerId === person : client?.registrationToken === token
    if (client !== undefined && owns) return client
    const { error, error_description } = UNKNOWN
    const challenge = `Basic error="${error}", error_description="${error_description}"`
    return c.json(UNKNOWN, 401, { 'WWW-Authenticate': challenge })
  }

  /** The person who signed in with this browser. Other calls are anonymous. */
  function browserPerson(c: Context<EmulatorEnv>): string | undefined {
    return world.person(getCookie(c, SESSION_COOKIE))?.id
  }

  function toMetadata(client: Client) {
    const isPublic = client.authMethod === 'none'
    return {
      client_id: client.id,
      client_id_issued_at: Math.floor(client.createdAt),
      ...(!isPublic && { client_secret: client.secret, client_secret_expires_at: 0 }),
      client_name: client.name,
      redirect_uris: client.redirectUris,
      token_endpoint_auth_method: client.authMethod,
      grant_types: client.grantTypes,
      response_types: ['code'],
      scope: client.scopes.join(' '),
      ...(client.uri !== null && { client_uri: client.uri }),
      ...(client.logoUri !== null && { logo_uri: client.logoUri }),
      ...(client.tosUri !== null && { tos_uri: client.tosUri }),
      ...(client.policyUri !== null && { policy_uri: client.policyUri }),
      registration_client_uri: `${world.origin}/v1/oauth2/register/${client.id}`,
      registration_access_token: client.registrationToken,
    }
  }
}

function invalidClaim(c: Context, claim: string) {
  const error_description = `Invalid claim: '${claim}'`
  return c.json({ error: 'invalid_client_metadata', error_description }, 400)
}

function fieldsOf(metadata: ClientMetadata) {
  return {
    name: metadata.client_name,
    // Polar stores the parsed URL: an empty path becomes `/`.
    redirectUris: metadata.redirect_uris.map((uri) => new URL(uri).href),
    scopes: scopeWords(metadata.scope),
    grantTypes: [...metadata.grant_types],
    authMethod: metadata.token_endpoint_auth_method,
    uri: metadata.client_uri ?? null,
    logoUri: metadata.logo_uri ?? null,
    tosUri: metadata.tos_uri ?? null,
    policyUri: metadata.policy_uri ?? null,
  }
}
