import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { bffFromEnv } from '@polar-connect/bff/env'
import { polar } from '@polar-connect/bff/polar'
import { Hono } from 'hono'

// Sign-in, session, refresh, logout and Polar's API, all below /bff.
const bff = bffFromEnv()
const app = new Hono()
app.route('/', bff)
app.onError((error, c) => bff.toResponse(error, c.req))

// A route of your own. The gate lets only your own page call it.
app.use('/api/*', bff.gate)
app.get('/api/latest-order', async (c) => {
  const { items } = await polar(bff, c).orders.list({ limit: 1, sorting: ['-created_at'] })
  return c.json({ name: items[0]?.description })
})

// In development the server has a port of its own, and Vite serves the page.
const [ownPort] = process.argv.slice(2)
if (ownPort === undefined) {
  app.use(serveStatic({ root: 'dist' }))
  app.get('*', serveStatic({ path: 'dist/index.html' }))
}

const port = Number(ownPort ?? process.env['PORT'] ?? 3000)
serve({ fetch: app.fetch, port }, () => console.log(`http://localhost:${port}`))
