import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { polar } from '@polar-connect/bff/polar'
import { Hono } from 'hono'
import { bff } from './bff.ts'

const app = new Hono()
app.route('/', bff)

app.use('/api/*', bff.gate)
app.get('/api/latest-order', async (c) => {
  const { items } = await polar(bff, c).orders.list({ limit: 1, sorting: ['-created_at'] })
  return c.json({ name: items[0]?.description ?? null })
})

app.use(serveStatic({ root: 'dist' }))
app.get('*', serveStatic({ path: 'dist/index.html' }))

const port = Number(process.argv[2] ?? process.env['PORT'] ?? 3000)
serve({ fetch: app.fetch, port }, () => console.log(`Listening on http://localhost:${port}`))
