/** The web host: sign-in, and the page in front of the authorize endpoint. */
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { toTimestamp } from '../clock.ts'
import { createOrganization } from '../data/organization.ts'
import type { EmulatorEnv } from '../environment.ts'
import { checkAuthorizeRequest } from '../oauth/authorize-request.ts'
import { SESSION_COOKIE } from '../middleware/browser-session.ts'
import { consentKey, type World } from '../world.ts'
import { consentPage } from './consent-page.ts'
import { errorPage } from './error-page.ts'
import { signInPage } from './sign-in-page.ts'

const FRAMING = {
  'X-Frame-Options': 'DENY',
  // No form-action: the form ends in a redirect to any registered address.
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}

export function createPageRoutes(world: World): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()

  for (const path of ['/oauth2/*', '/auth', '/auth/*']) {
    app.use(path, async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(FRAMING)) c.header(name, value)
    })
  }

  app.get('/oauth2/authorize', (c) => {
    const { search, searchParams } = new URL(c.req.url)
    const personId = c.get('personId')
    const person = world.person(personId)
    // The gate comes first: a broken request is only told after sign-in.
    if (personId === null || person === undefined) return c.redirect(signInAddress(search), 307)
    const query = joinRepeated(searchParams)
    const outcome = checkAuthorizeRequest(world, query, personId)
    switch (outcome.kind) {
      case 'redirect':
        c.set('note', outcome.note)
        return c.redirect(outcome.location, 307)
      case 'unauthorized': {
        // Without this Polar would ask for a sign-in again and again.
        query.set('prompt', query.get('prompt') === 'login' ? 'consent' : 'undefined')
        return c.redirect(signInAddress(`?${query.toString()}`), 307)
      }
      case 'page': {
        c.set('note', `Refused on a page of Polar's own: ${outcome.description ?? outcome.error}`)
        const client = world.clients.get(query.get('client_id') ?? '')
        const requestedUri = query.get('redirect_uri')
        const { error, description } = outcome
        return c.html(errorPage({ error, description, client, requestedUri }))
      }
      case 'consent': {
        c.set('note', 'Consent page shown')
        const { request } = outcome
        const granted = world.consents.get(consentKey(request.client.id, personId))
        return c.html(
          consentPage({
            request,
            person,
            organizations: world.organizationsOf(personId).map((organization) => ({
              ...organization,
              role: roleOf(personId, organization.id),
            })),
            granted: granted?.split(' ') ?? [],
            query: query.toString(),
          }),
        )
      }
    }
  })

  app.get('/auth', (c) => {
    const returnTo = localPath(c.req.query('return_to'))
    return c.html(signInPage(world.dataset.people, returnTo))
  })

  app.post('/auth', async (c) => {
    const form = await c.req.formData()
    const person = world.person(textOf(form, 'person'))
    if (person === undefined) return c.text('Nobody by that name', 400)
    setCookie(c, SESSION_COOKIE, person.id, { path: '/', httpOnly: true, sameSite: 'Lax' })
    return c.redirect(localPath(form.get('return_to')), 303)
  })

  app.post('/auth/switch', async (c) => {
    const form = await c.req.formData()
    const returnTo = localPath(form.get('return_to'))
    return c.redirect(`/auth?return_to=${encodeURIComponent(returnTo)}`, 303)
  })

  app.post('/auth/organizations', async (c) => {
    const personId = c.get('personId')
    const form = await c.req.formData()
    const name = textOf(form, 'name').trim()
    if (personId === null || name.length < 3 || name.length > 64) return c.text('No name', 422)
    const id = randomUUID()
    const slug = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${id.slice(0, 4)}`
    const createdAt = toTimestamp(world.clock.now())
    const profile = { id, name, slug, currency: 'usd', country: 'US', createdAt }
    world.dataset.organizations.push(createOrganization(profile))
    world.dataset.memberships.push({ personId, organizationId: id, role: 'owner' })
    return c.redirect(localPath(form.get('return_to')), 303)
  })

  return app

  function roleOf(personId: string, organizationId: string): string {
    const membership = world.dataset.memberships.find(
      (entry) => entry.personId === personId && entry.organizationId === organizationId,
    )
    return membership?.role ?? ''
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function signInAddress(search: string): string {
  return `/auth?return_to=${encodeURIComponent(`/oauth2/authorize${search}`)}`
}

/** The page hands a repeated parameter to the API as one, joined by commas. */
function joinRepeated(query: URLSearchParams): URLSearchParams {
  const joined = new URLSearchParams()
  for (const name of new Set(query.keys())) {
    if (name === 'organizations') for (const id of query.getAll(name)) joined.append(name, id)
    else joined.set(name, query.getAll(name).join(','))
  }
  return joined
}

/** A path of this server, so that a link cannot send anybody elsewhere. */
function localPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/'
}
