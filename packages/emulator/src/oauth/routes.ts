/** The OAuth endpoints of the API host: token, revoke, introspect, userinfo, consent data. */
import { Hono, type Context } from 'hono'
import { invalidToken } from '../http/api-layers.ts'
import { noStore } from '../http/cache.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import type { Pair } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { enumIssue, MISSING } from '../http/parameters.ts'
import { answerRefusal, invalid, type ValidationIssue } from '../http/respond.ts'
import { authenticateClient, type OAuthFailure } from './client-authentication.ts'
import { checkAuthorizeRequest, type AuthorizeOutcome } from './authorize-request.ts'
import { answerConsent } from './consent.ts'
import { consentData } from './consent-data.ts'
import { requestToken } from './token-endpoint.ts'

const UNAUTHORIZED = { error: 'Unauthorized', detail: 'Unauthorized' }
const SECRET_METHODS = ['client_secret_basic', 'client_secret_post'] as const

export function createOAuthRoutes(world: World): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.onError(answerRefusal)

  app.get('/v1/oauth2/authorize', (c) => authorize(world, c))
  app.post('/v1/oauth2/consent', (c) => consent(world, c))
  app.post('/v1/oauth2/token', (c) => token(world, c))
  app.post('/v1/oauth2/introspect', (c) => introspect(world, c))
  app.post('/v1/oauth2/revoke', (c) => revoke(world, c))
  app.on(['GET', 'POST'], '/v1/oauth2/userinfo', (c) => userinfo(world, c))
  return app
}

function authorize(world: World, c: Context<EmulatorEnv>) {
  if (c.get('caller') !== undefined) {
    return c.json({ error: 'NotPermitted', detail: 'Not permitted' }, 403)
  }
  const query = queryOf(c)
  const outcome = checkAuthorizeRequest(world, query, c.get('personId'), c.get('commitAfterMs'))
  if (outcome.kind !== 'consent') return answerAuthorize(c, outcome)
  return c.json(consentData(world, outcome.request, c.get('personId')))
}

async function consent(world: World, c: Context<EmulatorEnv>) {
  const personId = c.get('personId')
  if (personId === null) return unauthorized(c)
  const form = await formOf(c)
  // Parameters of the form count if the URL does not have them.
  const query = queryOf(c)
  for (const name of new Set(form.keys())) {
    if (name === 'action' || name === 'organizations' || query.has(name)) continue
    for (const value of form.getAll(name)) query.append(name, value)
  }
  // Only from the form, so that an authorization URL cannot choose for the person.
  const action = form.get('action')
  if (action !== 'allow' && action !== 'deny') throw invalid([actionIssue(action)])
  const organizations = [...query.getAll('organizations'), ...form.getAll('organizations')]
  const commitAfterMs = c.get('commitAfterMs')
  const answer = { action, organizations, personId, commitAfterMs } as const
  return answerAuthorize(c, answerConsent(world, query, answer))
}

async function token(world: World, c: Context<EmulatorEnv>) {
  const form = await formOf(c)
  c.set('grantType', form.get('grant_type'))
  const outcome = await requestToken(world, {
    query: queryOf(c),
    form,
    authorization: c.req.header('Authorization'),
    commitAfterMs: c.get('commitAfterMs'),
    rotationsSeen: c.get('rotationsSeen'),
  })
  c.set('note', outcome.note)
  if ('crash' in outcome) {
    c.set('crashed', true)
    return c.text('Internal Server Error', 500)
  }
  if ('failure' in outcome && outcome.failure.error === 'invalid_grant') {
    world.counters.invalid_grants += 1
  }
  noStore(c)
  return 'answer' in outcome ? c.json(outcome.answer) : fail(c, outcome.failure)
}

async function introspect(world: World, c: Context<EmulatorEnv>) {
  const found = await findToken(world, c)
  if ('status' in found) return fail(c, found)
  const { pair, client } = found
  const live = pair !== undefined && pair.clientId === client.id && world.isLive(pair)
  c.set('note', live ? 'Token is active' : 'Token is not active')
  return c.json(live ? introspection(world, pair) : { active: false })
}

function introspection(world: World, pair: Pair) {
  return {
    active: true,
    client_id: pair.clientId,
    token_type: 'Bearer',
    scope: pair.scopes.join(' '),
    sub_type: pair.kind,
    sub: subjectOf(pair),
    organizations: pair.kind === 'user' ? pair.organizationIds : [],
    aud: pair.clientId,
    iss: world.issuer,
    exp: Math.floor(pair.expiresAt),
    iat: Math.floor(pair.issuedAt),
  }
}

async function revoke(world: World, c: Context<EmulatorEnv>) {
  const found = await findToken(world, c)
  if ('status' in found) return fail(c, found)
  const { pair, client } = found
  if (pair !== undefined && pair.clientId !== client.id) {
    return fail(c, { status: 400, error: 'invalid_grant' })
  }
  if (pair?.ended === null) {
    world.counters.revocations += 1
    pair.ended = 'revoked'
    pair.endedBy = world.commit(c.get('commitAfterMs'))
  }
  c.set('note', pair === undefined ? 'Nothing to revoke: unknown token' : 'Tokens revoked')
  return c.json({})
}

function userinfo(world: World, c: Context<EmulatorEnv>) {
  const pair = c.get('pair')
  if (pair === undefined) {
    const empty = /^Bearer\s*$/i.test(c.req.header('Authorization') ?? '')
    return empty ? invalidToken() : unauthorized(c)
  }
  if (pair.kind === 'organization') {
    const organization = world.dataset.organizations.find(({ id }) => id === subjectOf(pair))
    const named = pair.scopes.includes('openid') && organization !== undefined
    return c.json({ sub: subjectOf(pair), ...(named && { name: organization.slug }) })
  }
  const person = world.person(pair.personId)
  const email = pair.scopes.includes('email') && person !== undefined
  return c.json({
    sub: subjectOf(pair),
    ...(email && { email: person.email, email_verified: person.emailVerified }),
  })
}

/** Checks the client first, then the parameters. A wrong `token_type_hint` finds nothing. */
async function findToken(world: World, c: Context<EmulatorEnv>) {
  noStore(c)
  const form = await formOf(c)
  const authorization = c.req.header('Authorization')
  const client = authenticateClient(world, { authorization, form }, SECRET_METHODS, false)
  if ('error' in client) return client
  const token = form.get('token')
  if (!token) return { status: 400, error: 'invalid_request' } as const
  const hint = form.get('token_type_hint')
  if (hint !== null && hint !== 'access_token' && hint !== 'refresh_token') {
    return { status: 401, error: 'unsupported_token_type' } as const
  }
  const found = world.pairByToken(token)
  const hidden = hint !== null && found !== undefined && hint !== `${found.half}_token`
  return { client, pair: hidden ? undefined : found?.pair }
}

/** Answers an authorization request that needs no consent screen. */
function answerAuthorize(
  c: Context<EmulatorEnv>,
  outcome: Exclude<AuthorizeOutcome, { kind: 'consent' }>,
) {
  switch (outcome.kind) {
    case 'page': {
      const { error, description, state } = outcome
      noStore(c)
      c.set('note', `Refused on Polar's error page: ${description ?? error}`)
      return c.json(
        {
          error,
          ...(description !== undefined && { error_description: description }),
          ...(state !== undefined && { state }),
        },
        400,
      )
    }
    case 'redirect':
      c.set('note', outcome.note)
      return c.redirect(outcome.location)
    case 'unauthorized':
      return c.json({ detail: 'Unauthorized' }, 401)
  }
}

function unauthorized(c: Context) {
  return c.json(UNAUTHORIZED, 401, { 'WWW-Authenticate': 'Bearer realm="polar"' })
}

function subjectOf(pair: Pair): string {
  return pair.personId ?? pair.organizationIds[0] ?? ''
}

function queryOf(c: Context): URLSearchParams {
  return new URL(c.req.url).searchParams
}

/** The form fields. As at Polar, a body of another type, such as JSON, has none. */
async function formOf(c: Context): Promise<URLSearchParams> {
  const type = c.req.header('Content-Type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) {
    return new URLSearchParams()
  }
  const form = new URLSearchParams()
  for (const [name, value] of await c.req.formData()) {
    if (typeof value === 'string') form.append(name, value)
  }
  return form
}

function fail(c: Context, { status, error, description, challenge }: OAuthFailure) {
  if (challenge !== undefined) c.header('WWW-Authenticate', challenge)
  return c.json(
    { error, ...(description !== undefined && { error_description: description }) },
    status,
  )
}

function actionIssue(input: string | null): ValidationIssue {
  const issue = input === null ? MISSING : enumIssue(['allow', 'deny'], 'literal_error')
  return { ...issue, loc: ['body', 'action'], input }
}
