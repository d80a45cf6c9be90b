/** The controls of the emulator as HTTP calls, for tests and for the panel. */
import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import { createFaultRoutes } from './fault-routes.ts'
import { isError, type LogEntry, type RequestLog } from '../http/request-log.ts'
import { KNOWN_SCOPES } from '../world/scopes.ts'
import { createSecret, maskSecrets } from '../runtime/secrets.ts'
import {
  scopes,
  clockBody,
  settingsBody,
  clientBody,
  mintBody,
  newClientBody,
  requestsQuery,
  resetBody,
  personBody,
} from './bodies.ts'
import { readBody, readQuery } from './body.ts'
import { createMembershipRoutes } from './membership-routes.ts'
import { createShopRoutes } from './shop-routes.ts'
import type { Client, Pair } from '../world/records.ts'
import { type World } from '../world/world.ts'

export function createControlRoutes(world: World, log: RequestLog): Hono {
  const app = new Hono().basePath('/_emulator')

  app.get('/health', (c) => c.json({ ready: true }))

  app.get('/clock', (c) => c.json(clockState()))
  app.post('/clock', async (c) => {
    const body = await readBody(c, clockBody)
    if (body instanceof Response) return body
    if ('reset' in body) world.clock.reset()
    else if ('now' in body) world.clock.set(Date.parse(body.now) / 1000)
    else world.clock.advance(body.advance_seconds)
    return c.json(clockState())
  })

  app.get('/requests', (c) => {
    const query = readQuery(c, requestsQuery)
    if (query instanceof Response) return query
    const { path, method, errors, reveal, brief } = c.req.query()
    const items = log
      .entries()
      .filter((entry) => path === undefined || entry.path.includes(path))
      .filter((entry) => method === undefined || entry.method === method.toUpperCase())
      .filter((entry) => errors === undefined || isError(entry))
      .slice(0, query.limit)
      .map((entry) => (brief === undefined ? entry : toBrief(entry)))
    const text = JSON.stringify({ items })
    return c.body(reveal === '1' ? text : maskSecrets(text), 200, {
      'Content-Type': 'application/json',
    })
  })
  app.delete('/requests', (c) => {
    log.clear()
    return c.body(null, 204)
  })

  app.post('/reset', async (c) => {
    // Without a body: the data set and the seed of the start.
    const text = await c.req.text()
    const body = text === '' ? {} : await readBody(c, resetBody)
    if (body instanceof Response) return body
    world.reset(body)
    log.clear()
    return c.json({ reset: true })
  })

  app.get('/counters', (c) => c.json(world.counters))

  app.get('/settings', (c) => c.json(world.settings))
  app.patch('/settings', async (c) => {
    const body = await readBody(c, settingsBody)
    if (body instanceof Response) return body
    Object.assign(world.settings, body)
    return c.json(world.settings)
  })

  app.get('/people', (c) =>
    c.json({
      signed_in: world.signedIn,
      items: world.dataset.people.map((person) => ({
        ...person,
        organizations: world.organizationsOf(person.id).map(({ id, slug }) => ({ id, slug })),
      })),
    }),
  )
  app.post('/sign-in', async (c) => {
    const body = await readBody(c, personBody)
    if (body instanceof Response) return body
    const person = findPerson(body.person)
    if (person === undefined) return c.json({ error: 'No such person' }, 404)
    world.signedIn = person.id
    return c.json({ signed_in: person.id })
  })
  app.post('/sign-out', (c) => {
    world.signedIn = null
    return c.json({ signed_in: null })
  })

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

  app.get('/grants', (c) => {
    const reveal = c.req.query('reveal') === '1'
    return c.json({ items: world.pairs.map((pair) => toGrant(pair, reveal)) })
  })
  app.post('/grants', async (c) => {
    const body = await readBody(c, mintBody)
    if (body instanceof Response) return body
    const person = findPerson(body.person)
    const clientId = body.client_id ?? [...world.clients.keys()][0] ?? ''
    if (person === undefined || !world.clients.has(clientId)) {
      return c.json({ error: 'No such person or client' }, 404)
    }
    const pair = world.issuePair({
      kind: body.kind,
      clientId,
      personId: body.kind === 'user' ? person.id : null,
      scopes: body.scopes,
      organizationIds: body.organizations,
      expiresAt: world.clock.now() + world.settings.access_token_lifetime,
    })
    const { accessToken: access_token, refreshToken: refresh_token } = pair
    return c.json({ ...toGrant(pair), access_token, refresh_token }, 201)
  })
  app.post('/grants/revoke-all', (c) => {
    for (const pair of world.pairs) world.revoke(pair)
    return c.json({ items: world.pairs.map((pair) => toGrant(pair)) })
  })
  app.post('/grants/:id/revoke', (c) => change(c, (pair) => world.revoke(pair)))
  app.post('/grants/:id/expire-access', (c) =>
    change(c, (pair) => (pair.expiresAt = world.clock.now() - 1)),
  )
  app.post('/grants/:id/expire-refresh', (c) => change(c, (pair) => (pair.refreshToken = null)))
  app.post('/grants/:id/remove-scope', async (c) => {
    const body = await readBody(c, v.strictObject({ scope: v.string() }))
    if (body instanceof Response) return body
    return change(c, (pair) => (pair.scopes = pair.scopes.filter((word) => word !== body.scope)))
  })
  app.patch('/grants/:id', async (c) => {
    const body = await readBody(c, v.strictObject({ scopes }))
    if (body instanceof Response) return body
    return change(c, (pair) => (pair.scopes = body.scopes))
  })

  app.post('/keys/rotate', async (c) => {
    const body = await readBody(c, v.strictObject({ keep_old: v.optional(v.boolean(), true) }))
    if (body instanceof Response) return body
    await world.keys.rotate(body.keep_old)
    return c.json({ keys: await world.keys.published() })
  })

  app.route('/', createFaultRoutes(world))
  app.route('/', createShopRoutes(world))
  app.route('/', createMembershipRoutes(world))

  app.get('/consents', (c) =>
    c.json({
      items: [...world.consents].map(([key, { scope }]) => {
        const [client_id, person] = key.split(' ')
        return { client_id, person, scope }
      }),
    }),
  )
  app.put('/consents', async (c) => {
    const schema = v.strictObject({ person: v.string(), client_id: v.string(), scopes })
    const body = await readBody(c, schema)
    if (body instanceof Response) return body
    const person = findPerson(body.person)
    if (person === undefined) return c.json({ error: 'No such person' }, 404)
    world.writeConsent(body.client_id, person.id, body.scopes.join(' '))
    return c.json(body)
  })
  app.delete('/consents', (c) => {
    world.consents.clear()
    return c.body(null, 204)
  })

  return app

  function clockState() {
    const epoch = world.clock.now()
    return {
      now: new Date(epoch * 1000).toISOString(),
      epoch,
      offset_seconds: Math.round(world.clock.offset()),
      standing_still: world.stall.active,
    }
  }

  function findPerson(name: string) {
    return world.dataset.people.find(({ id, email }) => id === name || email === name)
  }

  function change(c: Context, apply: (pair: Pair) => unknown) {
    const pair = world.pairs.find(({ id }) => id === c.req.param('id'))
    if (pair === undefined) return c.json({ error: 'No such grant' }, 404)
    apply(pair)
    return c.json(toGrant(pair))
  }

  function toGrant(pair: Pair, reveal = false) {
    const alive = pair.ended === null
    return {
      id: pair.id,
      kind: pair.kind,
      client_id: pair.clientId,
      person: pair.personId,
      organizations: pair.organizationIds,
      scopes: pair.scopes,
      ended: pair.ended,
      access_token: {
        live: alive && pair.expiresAt > world.clock.now(),
        expires_at: new Date(pair.expiresAt * 1000).toISOString(),
        ...(reveal && { value: pair.accessToken }),
      },
      refresh_token: {
        live: alive && pair.refreshToken !== null,
        ...(reveal && { value: pair.refreshToken }),
      },
    }
  }
}

/** A log entry without headers and bodies. */
function toBrief({ id, time, method, path, status, duration_ms, note, grant_type }: LogEntry) {
  return { id, time, method, path, status, duration_ms, note, grant_type }
}

function toPublicClient(client: Client) {
  const { secret: _secret, registrationToken: _token, ...rest } = client
  return rest
}
