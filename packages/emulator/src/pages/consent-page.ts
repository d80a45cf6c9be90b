/** The consent page: what the app asks for, for which organization, and two answers. */
import { html } from 'hono/html'
import type { ApiObject, Person } from '../objects/dataset.ts'
import type { AuthorizeRequest } from '../oauth/authorize-request.ts'
import type { Client } from '../world/world.ts'
import { page, type Html } from './layout.ts'

type Organization = ApiObject & { readonly role: string }
const NOTHING = html``
const SEARCHABLE = 8

export interface ConsentPageOptions {
  readonly request: AuthorizeRequest
  readonly person: Person
  readonly organizations: readonly Organization[]
  /** Scopes that were allowed before; the others are marked as new when there are any. */
  readonly granted: readonly string[]
  /** The request's own query, which the form repeats. */
  readonly query: string
  /** The form came back without an organization where one has to be chosen. */
  readonly organizationMissing?: boolean
}

export function consentPage(options: ConsentPageOptions): Html {
  const { request, person, organizations, granted, query, organizationMissing = false } = options
  const { client, requiresOrganization } = request
  const { name } = client
  return page(
    `${name} wants to connect`,
    html`
      ${appOf(client)}
      <h1>${name} wants to connect to Polar</h1>
      ${organizationMissing ? summary() : NOTHING}
      <form method="post" action="/auth/switch">
        <input type="hidden" name="return_to" value="/oauth2/authorize?${query}" />
        <p>
          Signed in as <strong>${person.name}</strong> (${person.email})
          <button class="link">Switch user</button>
        </p>
      </form>
      ${organizations.length === 0 && requiresOrganization ? createForm(query) : NOTHING}
      <form method="post" action="/oauth2/consent?${query}" data-returning="Returning to ${name}…">
        ${
          requiresOrganization
            ? oneOrganization(organizations, organizationMissing)
            : whichOrganizations(organizations, organizationMissing)
        }
        <h2>This lets ${name}</h2>
        ${permissions(request.scopes, granted)}
        <div class="actions">
          <button class="primary" name="action" value="allow">Allow</button>
          <button name="action" value="deny">Deny</button>
        </div>
        <p role="status"></p>
      </form>
      <p class="muted">You can remove access at any time. ${linksOf(client)}</p>
      <p class="muted">You'll return to ${new URL(request.redirectUri).host}.</p>
    `,
  )
}

function appOf({ name, description, uri, logoUri }: Client): Html {
  return html`
    <div class="app">
      ${
        logoUri === null
          ? avatar(name)
          : html`<img class="avatar" src="${logoUri}" alt="" width="40" height="40" />`
      }
      <p>
        <strong>${name}</strong>
        ${description === '' ? NOTHING : html`<br /><span class="muted">${description}</span>`}
        ${
          uri === null
            ? NOTHING
            : html`<br /><a href="${uri}" rel="noreferrer">Visit ${new URL(uri).host}</a>`
        }
      </p>
    </div>
  `
}

/** The error summary, which the focus goes past: it is on the group that it speaks of. */
function summary(): Html {
  return html`
    <div class="summary" role="alert">
      <a href="#organizations">Choose an organization</a>
    </div>
  `
}

function oneOrganization(organizations: readonly Organization[], missing: boolean): Html {
  return html`
    <h2 id="choose">Choose an organization</h2>
    <p class="muted" id="choose-hint">The app gets access to this organization only.</p>
    ${search(organizations)}
    <fieldset
      id="organizations"
      tabindex="-1"
      role="radiogroup"
      aria-labelledby="choose"
      aria-describedby="choose-hint"
      ${missing ? html`aria-invalid="true" autofocus` : NOTHING}
    >
      ${organizations.map((organization) =>
        option(
          organization,
          html`<input
            type="radio"
            name="organizations"
            value="${organization.id}"
            ${organizations.length === 1 ? 'checked' : ''}
          />`,
        ),
      )}
    </fieldset>
  `
}

function whichOrganizations(organizations: readonly Organization[], missing: boolean): Html {
  return html`
    <h2 id="which">Which organizations?</h2>
    <fieldset aria-labelledby="which">
      <label class="option">
        <input type="radio" name="which" value="all" ${missing ? '' : 'checked'} />
        <span>
          <strong>All my organizations</strong><br />
          <span class="muted">Including ones you join later.</span>
        </span>
      </label>
      ${
        organizations.length === 0
          ? NOTHING
          : html`
              <label class="option">
                <input type="radio" name="which" value="chosen" ${missing ? 'checked' : ''} />
                <span><strong>Only the ones I choose</strong></span>
              </label>
            `
      }
    </fieldset>
    ${
      organizations.length === 0
        ? NOTHING
        : html`
            <fieldset
              id="organizations"
              class="choices"
              tabindex="-1"
              aria-label="Only the ones I choose"
              ${missing ? html`autofocus` : NOTHING}
            >
              ${search(organizations)}
              ${organizations.map((organization) =>
                option(
                  organization,
                  html`<input type="checkbox" name="organizations" value="${organization.id}" />`,
                ),
              )}
            </fieldset>
          `
    }
  `
}

function option({ name, slug, role }: Organization, control: Html): Html {
  return html`
    <label class="option">
      ${control} ${avatar(String(name))}
      <span><strong>${name}</strong><br /><span class="muted">${slug} · ${role}</span></span>
    </label>
  `
}

function search(organizations: readonly Organization[]): Html {
  if (organizations.length <= SEARCHABLE) return NOTHING
  return html`
    <p data-search hidden>
      <label>Search organizations <input type="search" autocomplete="off" /></label>
    </p>
  `
}

function avatar(name: string): Html {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
  return html`<span class="avatar" aria-hidden="true">${initials.toUpperCase()}</span>`
}

function linksOf({ tosUri, policyUri }: Client): Html {
  return html`
    ${tosUri === null ? NOTHING : html`<a href="${tosUri}" rel="noreferrer">Terms of Service</a>`}
    ${policyUri === null ? NOTHING : html`<a href="${policyUri}" rel="noreferrer">Privacy Policy</a>`}
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

/** One row for each area, by name, as on Polar's page. */
function permissions(scopes: readonly string[], granted: readonly string[]): Html {
  const areas = Map.groupBy(new Set(scopes), areaOf)
  const rows = [...areas].toSorted(([left], [right]) => left.localeCompare(right, 'en'))
  return html`
    <ul>
      ${rows.map(([area, members]) => {
        const access = members.some((scope) => scope.endsWith(':write')) ? 'Write' : 'Read'
        const isNew = granted.length > 0 && members.some((scope) => !granted.includes(scope))
        return html`<li>
          ${area} <span class="badge">${access}</span>
          ${isNew ? html`<span class="badge">New</span>` : NOTHING}
        </li>`
      })}
    </ul>
  `
}

/** `checkout_links:read` is of the area `Checkout Links`. */
function areaOf(scope: string): string {
  const [area = ''] = scope.split(':')
  if (area === 'openid') return 'OpenID'
  return area
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
