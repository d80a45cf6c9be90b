/** The consent page: what the app asks for, for which organization, and two answers. */
import { html } from 'hono/html'
import type { ApiObject, Person } from '../dataset.ts'
import type { AuthorizeRequest } from '../oauth/authorize-request.ts'
import { wordsOf } from '../oauth/scopes.ts'
import { page, type Html } from './layout.ts'

export function consentPage(options: {
  readonly request: AuthorizeRequest
  readonly person: Person
  readonly organizations: readonly (ApiObject & { role?: string })[]
  /** Scopes that were allowed before; the others are marked as new when there are any. */
  readonly granted: readonly string[]
  /** The request's own query, which the form repeats. */
  readonly query: string
}): Html {
  const { request, person, organizations, granted, query } = options
  const { client } = request
  const name = client.name
  return page(
    `${name} wants to connect`,
    html`
      <h1>${name} wants to connect to Polar</h1>
      <p class="muted">${client.description}</p>
      <form method="post" action="/auth/switch">
        <input type="hidden" name="return_to" value="/oauth2/authorize?${query}" />
        <p>
          Signed in as <strong>${person.name}</strong> (${person.email})
          <button class="link">Switch user</button>
        </p>
      </form>
      ${organizations.length === 0 && request.requiresOrganization ? createForm(query) : ''}
      <form method="post" action="/v1/oauth2/consent?${query}">
        ${
          request.requiresOrganization
            ? oneOrganization(organizations)
            : allOrganizations(organizations)
        }
        <h2>This lets ${name}</h2>
        ${permissions(request.scopes, granted)}
        <div class="actions">
          <button class="primary" name="action" value="allow">Allow</button>
          <button name="action" value="deny" formnovalidate>Deny</button>
        </div>
      </form>
      <p class="muted">
        You can remove access at any time. You'll return to ${new URL(request.redirectUri).host}.
      </p>
    `,
  )
}

function oneOrganization(organizations: readonly (ApiObject & { role?: string })[]): Html {
  return html`
    <h2 id="choose">Choose an organization</h2>
    <p class="muted" id="choose-hint">The app gets access to this organization only.</p>
    <fieldset aria-labelledby="choose" aria-describedby="choose-hint">
      ${organizations.map(
        ({ id, name, slug, role }) => html`
          <label class="option">
            <input
              type="radio"
              name="organizations"
              value="${id}"
              required
              ${organizations.length === 1 ? 'checked' : ''}
            />
            <span><strong>${name}</strong><br /><span class="muted">${slug} · ${role}</span></span>
          </label>
        `,
      )}
    </fieldset>
  `
}

function allOrganizations(organizations: readonly ApiObject[]): Html {
  return html`
    <h2 id="which">Which organizations?</h2>
    <p class="muted" id="which-hint">
      Choose none for all your organizations, including ones you join later.
    </p>
    <fieldset aria-labelledby="which" aria-describedby="which-hint">
      ${organizations.map(
        ({ id, name, slug }) => html`
          <label class="option">
            <input type="checkbox" name="organizations" value="${id}" />
            <span><strong>${name}</strong><br /><span class="muted">${slug}</span></span>
          </label>
        `,
      )}
    </fieldset>
  `
}

function createForm(query: string): Html {
  return html`
    <h2>You don't have an organization yet</h2>
    <form method="post" action="/auth/organizations">
      <input type="hidden" name="return_to" value="/oauth2/authorize?${query}" />
      <p>
        <label for="name">Name</label>
        <input id="name" type="text" name="name" minlength="3" maxlength="64" required />
      </p>
      <button>Create an organization</button>
    </form>
  `
}

function permissions(scopes: readonly string[], granted: readonly string[]): Html {
  const areas = Map.groupBy(scopes, (scope) => wordsOf(scope).area)
  return html`${[...areas].map(
    ([area, members]) => html`
      <h3>${area}</h3>
      <ul>
        ${members.map((scope) => {
          const { words, changes } = wordsOf(scope)
          const isNew = granted.length > 0 && !granted.includes(scope)
          return html`<li>
            ${words} ${changes ? html`<span class="badge">Can make changes</span>` : ''}
            ${isNew ? html`<span class="badge">New</span>` : ''}
          </li>`
        })}
      </ul>
    `,
  )}`
}
