/** The People tab: people, memberships and organizations. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import type { World } from '../world/world.ts'
import { controlForm, type Field, type PanelContext } from './control.ts'

export function peoplePage(world: World, context: PanelContext): Html {
  const { people, organizations: shops } = world.dataset
  const members: readonly Field[] = [
    {
      name: 'person',
      label: 'Person',
      kind: 'text',
      value: people[0]?.id ?? '',
      options: people.map(({ id, name }) => [id, name] as const),
    },
    {
      name: 'organization',
      label: 'Organization',
      kind: 'text',
      value: shops[0]?.id ?? '',
      options: shops.map(({ id, name }) => [id, name] as const),
    },
  ]
  return html`
    <div class="cards">
      ${world.dataset.people.map(({ id, name, email, emailVerified }) => {
        const organizations = world.organizationsOf(id).map((entry) => {
          const membership = world.dataset.memberships.find(
            ({ personId, organizationId }) => personId === id && organizationId === entry.id,
          )
          return `${entry.name} (${membership?.role ?? ''})`
        })
        return html`
          <div class="card">
            <h3>
              ${name} ${world.signedIn === id ? html`<span class="badge">Signed in</span>` : ''}
            </h3>
            <p class="muted">${email}${emailVerified ? '' : ', not verified'}</p>
            <p>${organizations.length === 0 ? 'No organization' : organizations.join(', ')}</p>
            ${controlForm(
              {
                label: `Sign in as ${name}`,
                method: 'POST',
                path: '/sign-in',
                body: { person: id },
              },
              context,
            )}
          </div>
        `
      })}
    </div>
    <h2>Organizations</h2>
    <div class="cards">
      ${world.dataset.organizations.map(
        ({ id, name, status, sso_enforced: sso }) => html`
          <div class="card">
            <h3>${name}</h3>
            <div class="controls">
              ${controlForm(
                {
                  label: `${status === 'blocked' ? 'Unblock' : 'Block'} ${name}`,
                  method: 'PATCH',
                  path: `/organizations/${id}`,
                  body: { blocked: status !== 'blocked' },
                },
                context,
              )}
              ${controlForm(
                {
                  label: `${sso ? 'Drop' : 'Enforce'} single sign-on at ${name}`,
                  method: 'PATCH',
                  path: `/organizations/${id}`,
                  body: { sso_enforced: !sso },
                },
                context,
              )}
            </div>
          </div>
        `,
      )}
    </div>
    <h2>Membership</h2>
    <div class="controls">
      ${controlForm(
        {
          label: 'Save membership',
          method: 'PUT',
          path: '/memberships',
          fields: [
            ...members,
            {
              name: 'role',
              label: 'Role',
              kind: 'text',
              value: 'member',
              options: ['owner', 'admin', 'member', 'finance'].map((role) => [role, role] as const),
            },
          ],
        },
        context,
      )}
      ${controlForm(
        { label: 'End membership', method: 'DELETE', path: '/memberships', fields: members },
        context,
      )}
    </div>
    ${controlForm({ label: 'Log out of emulator', method: 'POST', path: '/sign-out' }, context)}
    <p class="muted">A browser that signed in on its own page keeps the person it chose there.</p>
  `
}
