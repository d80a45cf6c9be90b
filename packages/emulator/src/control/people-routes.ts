/** Controls for people, memberships, and organizations that are blocked or enforce SSO. */
import type { Hono } from 'hono'
import * as v from 'valibot'
import type { Person } from '../objects/dataset.ts'
import type { World } from '../world/world.ts'
import { personBody } from './bodies.ts'
import { readBody } from './body.ts'

const membershipBody = v.strictObject({
  person: v.string(),
  organization: v.string(),
  role: v.optional(v.picklist(['owner', 'admin', 'member', 'finance']), 'member'),
})
const organizationBody = v.partial(
  v.strictObject({ sso_enforced: v.boolean(), blocked: v.boolean() }),
)

/** @param name an ID or an e-mail address. */
export function findPerson(world: World, name: string): Person | undefined {
  return world.dataset.people.find(({ id, email }) => id === name || email === name)
}

export function mountPeople(app: Hono, world: World): void {
  app.get('/people', (c) =>
    c.json({
      signed_in: world.signedIn,
      items: world.dataset.people.map((person) => ({
        ...person,
        organizations: world.organizationsOf(person.id).map(({ id, slug }) => ({ id, slug })),
      })),
    }),
  )
  app.post('/sign-in', async (c) => {
    const body = await readBody(c, personBody)
    if (body instanceof Response) return body
    const person = findPerson(world, body.person)
    if (person === undefined) return c.json({ error: 'No such person' }, 404)
    world.signedIn = person.id
    return c.json({ signed_in: person.id })
  })
  app.post('/sign-out', (c) => {
    world.signedIn = null
    return c.json({ signed_in: null })
  })
}

export function mountMemberships(app: Hono, world: World): void {
  /** Ends the membership. The organization is named by ID or slug. */
  const end = (body: { readonly person: string; readonly organization: string }) => {
    const personId = findPerson(world, body.person)?.id
    const organizationId = world.dataset.organizations.find(
      ({ id, slug }) => id === body.organization || slug === body.organization,
    )?.id
    if (personId === undefined || organizationId === undefined) return undefined
    world.dataset.memberships = world.dataset.memberships.filter(
      (entry) => entry.personId !== personId || entry.organizationId !== organizationId,
    )
    return { personId, organizationId }
  }

  app.put('/memberships', async (c) => {
    const body = await readBody(c, membershipBody)
    if (body instanceof Response) return body
    const ended = end(body)
    if (ended === undefined) return c.json({ error: 'No such person or organization' }, 404)
    const membership = { ...ended, role: body.role }
    world.dataset.memberships.push(membership)
    return c.json(membership)
  })

  app.delete('/memberships', async (c) => {
    const body = await readBody(c, membershipBody)
    if (body instanceof Response) return body
    if (end(body) !== undefined) return c.body(null, 204)
    return c.json({ error: 'No such person or organization' }, 404)
  })

  app.patch('/organizations/:id', async (c) => {
    const body = await readBody(c, organizationBody)
    if (body instanceof Response) return body
    const organization = world.dataset.organizations.find(({ id }) => id === c.req.param('id'))
    if (organization === undefined) return c.json({ error: 'No such organization' }, 404)
    if (body.blocked !== undefined) organization.status = body.blocked ? 'blocked' : 'active'
    if (body.sso_enforced !== undefined) organization.sso_enforced = body.sso_enforced
    if (body.sso_enforced === true) {
      // Ends the tokens that are limited to it. Unlimited tokens only lose access to it.
      for (const pair of world.pairs) {
        if (pair.organizationIds.includes(organization.id)) world.revoke(pair)
      }
    }
    const { id, slug, status, sso_enforced } = organization
    return c.json({ id, slug, status, sso_enforced })
  })
}
