import { serve } from '@hono/node-server'
import { createBff, createKeyRing, polarServer } from '@polar-connect/bff'
import { polar } from '@polar-connect/bff/polar'
import { Hono } from 'hono'

const env = (name: string) => process.env[name] ?? ''
const bff = createBff({
  clientId: env('POLAR_CLIENT_ID'),
  clientSecret: env('POLAR_CLIENT_SECRET'),
  server: polarServer(env('POLAR_SERVER')),
  appOrigin: env('APP_ORIGIN'),
  keys: await createKeyRing(env('SESSION_SECRETS').split(',')),
  onEvent: (event) => event.type === 'refused' && console.error(JSON.stringify(event)),
})
const app = new Hono()
app.route('/', bff)
app.onError((error, c) => bff.toResponse(error, c.req))

app.use('/api/*', bff.gate)
app.get('/api/latest-order', async (c) => {
  const { items } = await polar(bff, c).orders.list({ limit: 1, sorting: ['-created_at'] })
  return c.json(items[0]?.description ?? 'none')
})

const port = Number(process.env['PORT'] ?? 3001)
serve({ fetch: app.fetch, port }, () => console.log(`http://localhost:${port}`))
