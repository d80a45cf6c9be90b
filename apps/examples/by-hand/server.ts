/**
 * The app of docs/why.md that does not use Polar Connect: a page's server, written from Polar's public
 * guide and the READMEs of Express and express-session, and kept as such an app would be.
 */
import { createHash, randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

interface Tokens {
  access_token: string
  refresh_token: string
}

declare module 'express-session' {
  interface SessionData {
    login: { state: string; verifier: string }
    tokens: Tokens
  }
}

const env = (name: string) => process.env[name] ?? ''
const polar = env('POLAR_SERVER')
const redirectUri = `${env('APP_ORIGIN')}/auth/callback`
const client = {
  client_id: env('POLAR_CLIENT_ID'),
  client_secret: env('POLAR_CLIENT_SECRET'),
}

const app = express()
app.disable('x-powered-by')
app.set('trust proxy', 1)
app.use(express.json())
app.use(
  session({
    name: 'sid',
    secret: env('SESSION_SECRET'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, secure: true, sameSite: 'lax' },
  }),
)

app.get('/auth/login', (req, res) => {
  const state = randomBytes(32).toString('base64url')
  const verifier = randomBytes(32).toString('base64url')
  req.session.login = { state, verifier }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: env('POLAR_SCOPES'),
    sub_type: 'user',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  res.redirect(`${polar}/oauth2/authorize?${query.toString()}`)
})

app.get('/auth/callback', async (req, res) => {
  const { code, state } = req.query
  const { login } = req.session
  if (!login || typeof code !== 'string' || state !== login.state) {
    res.status(400).send('The sign-in could not be completed. Please try again.')
    return
  }
  delete req.session.login
  const tokens = await requestTokens({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: login.verifier,
  })
  req.session.regenerate((error) => {
    if (error) throw error
    req.session.tokens = tokens
    req.session.save(() => res.redirect('/'))
  })
})

app.get('/auth/logout', (req, res) => {
  req.session.destroy(() => res.clearCookie('sid').redirect('/'))
})

app.get('/auth/me', (req, res) => {
  res.json({ authenticated: req.session.tokens !== undefined })
})

app.use('/api', async (req, res) => {
  const { tokens } = req.session
  if (!tokens) {
    res.status(401).json({ error: 'Not signed in' })
    return
  }
  let answer = await callPolar(req, tokens.access_token)
  if (answer.status === 401) {
    try {
      const { refresh_token } = tokens
      req.session.tokens = await requestTokens({ grant_type: 'refresh_token', refresh_token })
    } catch {
      req.session.destroy(() => res.status(401).json({ error: 'Logged out' }))
      return
    }
    answer = await callPolar(req, req.session.tokens.access_token)
  }
  const type = answer.headers.get('content-type') ?? 'application/json'
  res
    .status(answer.status)
    .type(type)
    .send(await answer.text())
})

async function requestTokens(grant: Record<string, string>): Promise<Tokens> {
  const body = new URLSearchParams({ ...client, ...grant })
  const answer = await fetch(`${polar}/v1/oauth2/token`, { method: 'POST', body })
  if (!answer.ok) throw new Error(`Polar answered ${answer.status}`)
  return (await answer.json()) as Tokens
}

function callPolar(req: express.Request, token: string): Promise<Response> {
  return fetch(polar + req.url, {
    method: req.method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(req.body !== undefined && { body: JSON.stringify(req.body) }),
  })
}

app.listen(Number(env('PORT')), 'localhost', () => console.log('listening'))
