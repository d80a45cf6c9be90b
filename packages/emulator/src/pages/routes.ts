/** Polar's web host: sign-in, and the consent page. */
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { toTimestamp } from '../runtime/clock.ts'
import { createOrganization } from '../objects/organization.ts'
import type { Person } from '../objects/dataset.ts'
import type { EmulatorEnv } from '../http/environment.ts'
import {
  checkAuthorizeRequest,
  checkParameters,
  redirectError,
  type AuthorizeRequest,
} from '../oauth/authorize-request.ts'
import { SESSION_COOKIE } from '../http/browser-session.ts'
import type { World } from '../world/world.ts'
import { newOrganizationPage, organizationsPage, permissionsPage } from './consent-page.ts'
import { errorPage } from './error-page.ts'
import { PAGE_HEADERS } from './script.ts'
import { signInPage } from './sign-in-page.ts'

export function createPageRoutes(world: World): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()

  for (const path of ['/oauth2/*', '/auth', '/auth/*']) {
    app.use(path, async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value)
    })
  }

  app.get('/oauth2/authorize', (c) => {
    const { search, searchParams } = new URL(c.req.url)
    const personId = c.get('personId')
    const person = world.person(personId)
    // Polar asks for a sign-in first, and then shows errors of the request.
    if (personId === null || person === undefined) return c.redirect(signInAddress(search), 307)
    const query = joinRepeated(searchParams)
    const outcome = checkAuthorizeRequest(world, query, personId, c.get('commitAfterMs'))
    switch (outcome.kind) {
      case 'redirect':
        c.set('note', outcome.note)
        return c.redirect(outcome.location, 307)
      case 'unauthorized': {
        // Without this change, the sign-in would repeat forever.
        query.set('prompt', query.get('prompt') === 'login' ? 'consent' : 'undefined')
        return c.redirect(signInAddress(`?${query.toString()}`), 307)
      }
      case 'page': {
        c.set('note', `Refused on Polar's error page: ${outcome.description ?? outcome.error}`)
        const client = world.client(query.get('client_id') ?? '')
        const requestedUri = query.get('redirect_uri')
        const { error, description } = outcome
        const returnTo = `/oauth2/authorize${search}`
        return c.html(errorPage({ error, description, client, requestedUri, returnTo }))
      }
      case 'consent': {
        c.set('note', 'Consent page: organizations')
        const options = optionsOf(outcome.request, person, searchParams)
        if (options.organizations.length === 0) return c.html(newOrganizationPage(options))
        return c.html(organizationsPage(options, undefined, false))
      }
    }
  })

  /** Switches between the two steps. The form of the second step posts the choice to the API. */
  app.post('/oauth2/authorize', async (c) => {
    const { search, searchParams } = new URL(c.req.url)
    const person = world.person(c.get('personId'))
    const checked = checkParameters(world, joinRepeated(searchParams))
    if (person === undefined || !('request' in checked)) {
      return c.redirect(`/oauth2/authorize${search}`, 303)
    }
    const options = optionsOf(checked.request, person, searchParams)
    const form = await c.req.formData()
    const choice = { all: form.has('which'), ids: form.getAll('organizations').map(String) }
    const isMissing = !choice.all && choice.ids.length === 0
    if (textOf(form, 'step') === 'organizations' || isMissing) {
      c.set('note', isMissing ? 'No organization was chosen' : 'Consent page: organizations')
      return c.html(organizationsPage(options, choice, isMissing), isMissing ? 422 : 200)
    }
    c.set('note', 'Consent page: permissions')
    const granted = world.consentOf(checked.request.client.id, person.id)?.split(' ') ?? []
    return c.html(permissionsPage(options, choice, granted))
  })

  /** Not at Polar: the error page of the emulator can register a redirect URI. */
  app.post('/auth/redirect-uris', async (c) => {
    const form = await c.req.formData()
    const client = world.clients.get(textOf(form, 'client_id'))
    const uri = textOf(form, 'redirect_uri')
    if (client === undefined || !URL.canParse(uri)) return c.text('No such client or address', 422)
    if (!client.redirectUris.includes(uri)) client.redirectUris.push(uri)
    return c.redirect(localPath(form.get('return_to')), 303)
  })

  app.get('/auth', (c) => {
    const returnTo = localPath(c.req.query('return_to'))
    const cancel = cancelOf(returnTo)
    return c.html(signInPage({ people: world.dataset.people, returnTo, cancel }))
  })

  app.post('/auth', async (c) => {
    const form = await c.req.formData()
    const person = world.person(textOf(form, 'person'))
    if (person === undefined) return c.text('No such person', 400)
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
    const [name, slug] = [textOf(form, 'name').trim(), textOf(form, 'slug').trim()]
    const isTaken = world.dataset.organizations.some((entry) => entry.slug === slug)
    if (personId === null || name.length < 3 || name.length > 64) return c.text('No name', 422)
    if (!/^[a-z0-9-]{3,64}$/.test(slug) || isTaken) return c.text('This slug is taken', 422)
    const id = randomUUID()
    const createdAt = toTimestamp(world.clock.now())
    const profile = { id, name, slug, currency: 'usd', country: 'US', createdAt } as const
    world.dataset.organizations.push(createOrganization(profile))
    world.dataset.memberships.push({ personId, organizationId: id, role: 'owner' })
    return c.redirect(localPath(form.get('return_to')), 303)
  })

  return app

  function optionsOf(request: AuthorizeRequest, person: Person, query: URLSearchParams) {
    const organizations = world.organizationsToGrant(person.id)
    return { request, person, organizations, query: query.toString() }
  }

  /** Undefined for a faulty request: there is no safe address to return to. */
  function cancelOf(returnTo: string) {
    const { searchParams } = new URL(returnTo, 'http://localhost')
    const checked = checkParameters(world, joinRepeated(searchParams))
    if (!('request' in checked)) return undefined
    const { client, redirectUri, state } = checked.request
    const { location } = redirectError(redirectUri, 'access_denied', undefined, state)
    return { app: client.name, address: location }
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function signInAddress(search: string): string {
  return `/auth?return_to=${encodeURIComponent(`/oauth2/authorize${search}`)}`
}

/** Joins repeated parameters with commas, as Polar's page does for the API. */
function joinRepeated(query: URLSearchParams): URLSearchParams {
  const joined = new URLSearchParams()
  for (const name of new Set(query.keys())) {
    joined.set(name, query.getAll(name).join(','))
  }
  return joined
}

/** Only a path of this server, so that the link is not an open redirect. */
function localPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/'
}
