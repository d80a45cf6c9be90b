/** Controls for memberships, and for organizations that are blocked or enforce SSO. */
import { Hono } from 'hono'
import * as v from 'valibot'
import type { World } from '../world/world.ts'
import { readBody } from './body.ts'

const membershipBody = v.strictObject({
  person: v.string(),
  organization: v.string(),
  role: v.optional(v.picklist(['owner', 'admin', 'member', 'finance']), 'member'),
})
const organizationBody = v.partial(
  v.strictObject({ sso_enforced: v.boolean(), blocked: v.boolean() }),
)

export function createMembershipRoutes(world: World): Hono {
  const app = new Hono()

  /** Finds the person by ID or e-mail address, and the organization by ID or slug. */
  const find = (body: { readonly person: string; readonly organization: string }) => {
    const person = world.dataset.people.find(
      ({ id, email }) => id === body.person || email === body.person,
    )
    const organization = world.dataset.organizations.find(
      ({ id, slug }) => id === body.organization || slug === body.organization,
    )
    if (person === undefined || organization === undefined) return undefined
    return { personId: person.id, organizationId: organization.id }
  }

  app.put('/memberships', async (c) => {
    const body = await readBody(c, membershipBody)
    if (body instanceof Response) return body
    const found = find(body)
    if (found === undefined) return c.json({ error: 'No such person or organization' }, 404)
    end(found)
    world.dataset.memberships.push({ ...found, role: body.role })
    return c.json({ ...found, role: body.role })
  })

  app.delete('/memberships', async (c) => {
    const body = await readBody(c, membershipBody)
    if (body instanceof Response) return body
    const found = find(body)
    if (found === undefined) return c.json({ error: 'No such person or organization' }, 404)
    end(found)
    return c.body(null, 204)
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

  return app

  function end({ personId, organizationId }: { personId: string; organizationId: string }): void {
    world.dataset.memberships = world.dataset.memberships.filter(
      (entry) => entry.personId !== personId || entry.organizationId !== organizationId,
    )
  }
}
