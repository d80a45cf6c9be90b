/** The tabs of people and of data: who is there, and what they have. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import type { World } from '../world.ts'
import { controlForm, type PanelContext } from './control.ts'

export function peoplePage(world: World, context: PanelContext): Html {
  return html`
    ${world.dataset.people.map(({ id, name, email, emailVerified }) => {
      const organizations = world.organizationsOf(id).map((entry) => {
        const membership = world.dataset.memberships.find(
          ({ personId, organizationId }) => personId === id && organizationId === entry.id,
        )
        return `${String(entry['name'])} (${membership?.role ?? ''})`
      })
      return html`
        <div class="card">
          <h3>
            ${name} ${world.signedIn === id ? html`<span class="badge">Signed in</span>` : ''}
          </h3>
          <p class="muted">${email}${emailVerified ? '' : ', not verified'}</p>
          <p>${organizations.length === 0 ? 'No organization' : organizations.join(', ')}</p>
          ${controlForm(
            { label: `Sign in as ${name}`, method: 'POST', path: '/sign-in', body: { person: id } },
            context,
          )}
        </div>
      `
    })}
    ${controlForm({ label: 'Sign out of emulator', method: 'POST', path: '/sign-out' }, context)}
    <p class="muted">A browser that signed in on its own page keeps the person it chose there.</p>
  `
}
