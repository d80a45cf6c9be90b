/** The controls of the emulator as HTTP calls, for tests and for the panel. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { isError, type LogEntry, type RequestLog } from '../http/request-log.ts'
import { maskSecrets } from '../runtime/secrets.ts'
import type { World } from '../world/world.ts'
import { clockBody, requestsQuery, resetBody, settingsBody } from './bodies.ts'
import { readBody, readQuery } from './body.ts'
import { mountClients } from './client-routes.ts'
import { mountFaults } from './fault-routes.ts'
import { mountConsents, mountGrants } from './grant-routes.ts'
import { mountMemberships, mountPeople } from './people-routes.ts'
import { mountShop } from './shop-routes.ts'

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

  app.post('/keys/rotate', async (c) => {
    const body = await readBody(c, v.strictObject({ keep_old: v.optional(v.boolean(), true) }))
    if (body instanceof Response) return body
    await world.keys.rotate(body.keep_old)
    return c.json({ keys: await world.keys.published() })
  })

  mountLog(app, log)
  mountPeople(app, world)
  mountMemberships(app, world)
  mountClients(app, world)
  mountGrants(app, world)
  mountConsents(app, world)
  mountFaults(app, world)
  mountShop(app, world)

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
}

function mountLog(app: Hono, log: RequestLog): void {
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
    c.header('Content-Type', 'application/json')
    return c.body(reveal === '1' ? text : maskSecrets(text))
  })
  app.delete('/requests', (c) => {
    log.clear()
    return c.body(null, 204)
  })
}

/** A log entry without headers and bodies. */
function toBrief({ id, time, method, path, status, duration_ms, note, grant_type }: LogEntry) {
  return { id, time, method, path, status, duration_ms, note, grant_type }
}
