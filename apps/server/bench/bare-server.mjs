/**
 * The base of the comparison: Hono's own proxy helper on Node, without a session or a defence. It is
 * plain JavaScript, so that its start waits for no compiler.
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { proxy } from 'hono/proxy'

const polar = process.env['POLAR_SERVER'] ?? ''
const session = JSON.parse(process.env['SESSION'] ?? '{}')
const app = new Hono()

app.get('/bff/api/*', (c) => {
  const { pathname, search } = new URL(c.req.url)
  const headers = { Accept: 'application/json', Authorization: 'Bearer some-token' }
  return proxy(polar + pathname.slice('/bff/api'.length) + search, { headers })
})
app.get('/bff/session', (c) => c.json(session))

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT']) })
