import { resolve } from 'node:path'
import { bffFromEnv } from '@polar-connect/bff/env'
import { toExpress, toExpressErrors } from '@polar-connect/bff/express'
import { polar } from '@polar-connect/bff/polar'
import express, { type Request } from 'express'
import session from 'express-session'

declare module 'express-session' {
  interface SessionData {
    user: string
  }
}

const bff = bffFromEnv(process.env, {
  // Who is signed in to your app. Without an answer no one can use a connection.
  owner: (_, request) => (request as Request).session.user ?? null,
})
const app = express()
const secret = process.env['LOGIN_SECRET'] ?? ''
// Before the BFF, which asks for the user.
app.use(session({ secret, resave: false, saveUninitialized: false }))
app.use(toExpress(bff))

// Replace this with your login. It accepts any name.
app.post('/login/:user', (request, response, next) => {
  request.session.regenerate((error) => {
    if (error) return next(error)
    request.session.user = request.params.user
    response.end()
  })
})

app.get('/api/latest-order', async (request, response) => {
  bff.checkOrigin(request)
  const { items } = await polar(bff, request).orders.list({ limit: 1, sorting: ['-created_at'] })
  response.json({ name: items[0]?.description })
})

app.use('/api', toExpressErrors(bff))
app.use(express.static('dist'), (_, response) => response.sendFile(resolve('dist/index.html')))
const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, () => console.log(`http://localhost:${port}`))
