/** The controls of grants, and of what people have allowed before. */
import type { Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Pair } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { mintBody, scopes } from './bodies.ts'
import { readBody } from './body.ts'
import { findPerson } from './people-routes.ts'

export function mountGrants(app: Hono, world: World): void {
  app.get('/grants', (c) => {
    const reveal = c.req.query('reveal') === '1'
    return c.json({ items: world.pairs.map((pair) => toGrant(world, pair, reveal)) })
  })
  app.post('/grants', async (c) => {
    const body = await readBody(c, mintBody)
    if (body instanceof Response) return body
    const person = findPerson(world, body.person)
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
    return c.json({ ...toGrant(world, pair), access_token, refresh_token }, 201)
  })
  app.post('/grants/revoke-all', (c) => {
    for (const pair of world.pairs) world.revoke(pair)
    return c.json({ items: world.pairs.map((pair) => toGrant(world, pair)) })
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

  function change(c: Context, apply: (pair: Pair) => unknown) {
    const pair = world.pairs.find(({ id }) => id === c.req.param('id'))
    if (pair === undefined) return c.json({ error: 'No such grant' }, 404)
    apply(pair)
    return c.json(toGrant(world, pair))
  }
}

export function mountConsents(app: Hono, world: World): void {
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
    const person = findPerson(world, body.person)
    if (person === undefined) return c.json({ error: 'No such person' }, 404)
    world.writeConsent(body.client_id, person.id, body.scopes.join(' '))
    return c.json(body)
  })
  app.delete('/consents', (c) => {
    world.consents.clear()
    return c.body(null, 204)
  })
}

function toGrant(world: World, pair: Pair, reveal = false) {
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
