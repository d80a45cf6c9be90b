/** The Clients tab: registered clients, with what an app needs to know. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import type { Client } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { controlForm, type Control, type PanelContext } from './control.ts'

export function clientsPage(world: World, context: PanelContext): Html {
  const form = (control: Control) => controlForm(control, context)
  return html`
    ${[...world.clients.values()].map((client) => card(client, form))}
    <h2>Add a client</h2>
    ${form({
      label: 'Add client',
      method: 'POST',
      path: '/clients',
      fields: [
        { name: 'name', label: 'Name', kind: 'text', value: 'My app' },
        {
          name: 'redirect_uris',
          label: 'Redirect URIs',
          kind: 'words',
          value: 'http://localhost:3000/callback',
        },
        {
          name: 'auth_method',
          label: 'Type',
          kind: 'text',
          options: [
            ['client_secret_post', 'Confidential'],
            ['none', 'Public'],
          ],
        },
      ],
    })}
    <h2>Organization tokens</h2>
    <p class="muted">
      Polar's guide speaks of tokens of an organization; its server gives a person's, limited to
      one.
    </p>
    ${form({
      label: 'Save',
      method: 'PATCH',
      path: '/settings',
      fields: [
        {
          name: 'organization_tokens',
          label: 'Organization tokens',
          kind: 'text',
          value: world.settings.organization_tokens,
          options: [
            ['current', 'Current server'],
            ['documented', 'As documented'],
          ],
        },
      ],
    })}
  `
}

function card(client: Client, form: (control: Control) => Html): Html {
  const path = `/clients/${client.id}`
  return html`
    <div class="card">
      <h3>${client.name}</h3>
      <p class="muted">${client.authMethod === 'none' ? 'Public' : 'Confidential'}</p>
      <p><code>${client.id}</code></p>
      <p>
        <button type="button" data-copy="${client.id}" hidden>Copy client ID</button>
        <button type="button" data-copy="${client.secret}" hidden>Copy client secret</button>
      </p>
      ${form({
        label: 'Save client',
        method: 'PATCH',
        path,
        fields: [
          { name: 'name', label: 'Name', kind: 'text', value: client.name },
          { name: 'description', label: 'Description', kind: 'text', value: client.description },
          {
            name: 'redirect_uris',
            label: 'Redirect URIs',
            kind: 'words',
            value: client.redirectUris.join(' '),
          },
          {
            name: 'scopes',
            label: 'Allowed permissions',
            kind: 'words',
            value: client.scopes.join(' '),
          },
        ],
      })}
      ${form({
        label: 'Rotate client secret',
        method: 'PATCH',
        path,
        body: { rotate_secret: true },
      })}
    </div>
  `
}
