/** The controls of clients. */
import type { Hono } from 'hono'
import { createSecret } from '../runtime/secrets.ts'
import type { Client } from '../world/records.ts'
import { KNOWN_SCOPES } from '../world/scopes.ts'
import type { World } from '../world/world.ts'
import { clientBody, newClientBody } from './bodies.ts'
import { readBody } from './body.ts'

export function mountClients(app: Hono, world: World): void {
  app.get('/clients', (c) => c.json({ items: [...world.clients.values()].map(toPublicClient) }))
  app.post('/clients', async (c) => {
    const body = await readBody(c, newClientBody)
    if (body instanceof Response) return body
    const client: Client = {
      id: createSecret('polar_ci_'),
      secret: createSecret('polar_cs_'),
      name: body.name,
      description: '',
      uri: null,
      logoUri: null,
      tosUri: null,
      policyUri: null,
      redirectUris: body.redirect_uris,
      scopes: [...KNOWN_SCOPES],
      grantTypes: ['authorization_code', 'refresh_token'],
      authMethod: body.auth_method,
      registrationToken: null,
      ownerId: null,
      createdAt: world.clock.now(),
    }
    world.clients.set(client.id, client)
    return c.json({ ...toPublicClient(client), secret: client.secret }, 201)
  })
  app.patch('/clients/:id', async (c) => {
    const body = await readBody(c, clientBody)
    if (body instanceof Response) return body
    const client = world.clients.get(c.req.param('id'))
    if (client === undefined) return c.json({ error: 'No such client' }, 404)
    if (body.name !== undefined) client.name = body.name
    if (body.description !== undefined) client.description = body.description
    if (body.redirect_uris !== undefined) client.redirectUris = body.redirect_uris
    if (body.scopes !== undefined) client.scopes = body.scopes
    if (body.grant_types !== undefined) client.grantTypes = body.grant_types
    if (body.auth_method !== undefined) client.authMethod = body.auth_method
    if (body.rotate_secret) client.secret = createSecret('polar_cs_')
    return c.json(toPublicClient(client))
  })
}

function toPublicClient(client: Client) {
  const { secret: _secret, registrationToken: _token, ...rest } = client
  return rest
}
