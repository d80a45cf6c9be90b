import { resolve } from 'node:path'
import files from '@fastify/static'
import { bffFromEnv } from '@polar-connect/bff/env'
import { toFastify, toFastifyErrors } from '@polar-connect/bff/fastify'
import { polar } from '@polar-connect/bff/polar'
import fastify from 'fastify'

const bff = bffFromEnv()
const app = fastify()
await app.register(toFastify(bff))
app.setErrorHandler(toFastifyErrors(bff))

app.get('/api/latest-order', async (request) => {
  bff.checkOrigin(request)
  const { items } = await polar(bff, request).orders.list({ limit: 1, sorting: ['-created_at'] })
  return { name: items[0]?.description }
})

await app.register(files, { root: resolve('dist') })
app.setNotFoundHandler((_, reply) => reply.sendFile('index.html'))
const port = Number(process.env['PORT'] ?? 3000)
await app.listen({ port, host: '0.0.0.0' }) // by default only this computer reaches it
console.log(`http://localhost:${port}`)
