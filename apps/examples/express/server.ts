import { resolve } from 'node:path'
import { bffFromEnv } from '@polar-connect/bff/env'
import { toExpress, toExpressErrors } from '@polar-connect/bff/express'
import { polar } from '@polar-connect/bff/polar'
import express from 'express'

const bff = bffFromEnv()
const app = express()
app.use(toExpress(bff)) // before anything that reads bodies

app.get('/api/latest-order', async (request, response) => {
  bff.checkOrigin(request)
  const { items } = await polar(bff, request).orders.list({ limit: 1, sorting: ['-created_at'] })
  response.json({ name: items[0]?.description })
})

app.use('/api', toExpressErrors(bff))
app.use(express.static('dist'), (_, response) => response.sendFile(resolve('dist/index.html')))
const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, () => console.log(`http://localhost:${port}`))
