/** The consent page in Polar's two steps: first the organizations, then the scopes. */
import { html } from 'hono/html'
import type { Person } from '../objects/dataset.ts'
import type { Organization } from '../objects/models.ts'
import type { AuthorizeRequest } from '../oauth/authorize-request.ts'
import type { Client } from '../world/records.ts'
import { page, type Html } from './layout.ts'

const NOTHING = html``
const SEARCHABLE = 8
const NO_CHOICE = 'Choose an organization first.'

/** The person's choice in the first step. */
export interface OrganizationChoice {
  /** All organizations, including future ones. Not available with `sub_type=organization`. */
  readonly all: boolean
  readonly ids: readonly string[]
}

export interface ConsentPageOptions {
  readonly request: AuthorizeRequest
  readonly person: Person
  readonly organizations: readonly Organization[]
  /** The query of the request. Every form repeats it. */
  readonly query: string
}

/** @param choice the earlier choice, after Back or after a submit without a choice. */
export function organizationsPage(
  options: ConsentPageOptions,
  choice: OrganizationChoice | undefined,
  isMissing: boolean,
): Html {
  const { request, organizations, query } = options
  return consentFrame(
    options,
    'Organizations',
    html`
      <h1>Select organizations</h1>
      ${isMissing ? summary() : NOTHING}
      <p id="choose-hint">Choose which organizations you want to grant access to.</p>
      <form method="post" action="/oauth2/authorize?${query}" data-choose>
        <input type="hidden" name="step" value="permissions" />
        ${
          request.requiresOrganization
            ? oneOrganization(organizations, choice, isMissing)
            : someOrganizations(organizations, choice, isMissing)
        }
        <p id="choose-first" class="muted" hidden>${NO_CHOICE}</p>
        <div class="actions"><button class="primary">Review scopes</button></div>
      </form>
    `,
  )
}

/** @param granted scopes that were allowed before. If there are any, the others are marked as new. */
export function permissionsPage(
  options: ConsentPageOptions,
  choice: OrganizationChoice,
  granted: readonly string[],
): Html {
  const { request, query } = options
  const { client } = request
  const chosen = choice.all ? NOTHING : hiddenIds(choice.ids)
  return consentFrame(
    options,
    'Permissions',
    html`
      <h1>Review requested scopes</h1>
      <p>Review the permissions this application is requesting before granting access.</p>
      ${permissions(request.scopes, granted)} ${documentsOf(client)}
      <div class="actions">
        <form method="post" action="/oauth2/authorize?${query}">
          <input type="hidden" name="step" value="organizations" />
          ${choice.all ? html`<input type="hidden" name="which" value="all" />` : chosen}
          <button>Back</button>
        </form>
        <form
          method="post"
          action="/v1/oauth2/consent?${query}"
          data-returning="Returning to ${client.name}…"
        >
          ${chosen}
          <button name="action" value="deny">Deny</button>
          <button class="primary" name="action" value="allow">Authorize</button>
          <p role="status"></p>
        </form>
      </div>
    `,
  )
}

/** The first page for a person without organizations. As at Polar, it has no Deny. */
export function newOrganizationPage(options: ConsentPageOptions): Html {
  return consentFrame(
    options,
    'Organizations',
    html`
      <h1>Create an organization</h1>
      <p>Set up your organization to continue.</p>
      <form method="post" action="/auth/organizations">
        <input type="hidden" name="return_to" value="/oauth2/authorize?${options.query}" />
        <p>
          <label for="name">Name</label>
          <input id="name" type="text" name="name" minlength="3" maxlength="64" required />
        </p>
        <p>
          <label for="slug">Slug</label>
          <input id="slug" type="text" name="slug" pattern="[a-z0-9\\-]{3,64}" required />
        </p>
        <div class="actions"><button class="primary">Create organization</button></div>
      </form>
    `,
  )
}

/** The top of both steps: the app, the person and the current step. */
function consentFrame(
  { request: { client }, person, query }: ConsentPageOptions,
  step: 'Organizations' | 'Permissions',
  content: Html,
): Html {
  return page(
    step === 'Organizations' ? 'Select organizations' : 'Review requested scopes',
    html`
      <div class="app">
        ${
          client.logoUri === null
            ? avatar(client.name)
            : html`<img class="avatar" src="${client.logoUri}" alt="" width="40" height="40" />`
        }
        <p>${client.name} would like to access your Polar account.</p>
      </div>
      <form method="post" action="/auth/switch">
        <input type="hidden" name="return_to" value="/oauth2/authorize?${query}" />
        <p>
          Signed in as <strong>${person.email}</strong>
          <button class="link">Switch user</button>
        </p>
      </form>
      <ol class="steps" aria-label="Steps">
        ${['Organizations', 'Permissions'].map(
          (name) => html`<li ${name === step ? html`aria-current="step"` : NOTHING}>${name}</li>`,
        )}
      </ol>
      ${content}
    `,
  )
}

/** The error summary. The group that it names gets the focus. */
function summary(): Html {
  return html`
    <div class="summary" role="alert">
      <a href="#organizations">${NO_CHOICE}</a>
    </div>
  `
}

function oneOrganization(
  organizations: readonly Organization[],
  choice: OrganizationChoice | undefined,
  isMissing: boolean,
): Html {
  return html`
    ${search(organizations)}
    <fieldset
      id="organizations"
      tabindex="-1"
      role="radiogroup"
      aria-label="Organizations"
      aria-describedby="choose-hint"
      ${isMissing ? html`aria-invalid="true" autofocus` : NOTHING}
    >
      ${organizations.map((organization) => {
        const isChosen = organizations.length === 1 || choice?.ids.includes(organization.id)
        return option(
          organization,
          html`<input
            type="radio"
            name="organizations"
            value="${organization.id}"
            ${isChosen ? 'checked' : ''}
          />`,
        )
      })}
    </fieldset>
  `
}

function someOrganizations(
  organizations: readonly Organization[],
  choice: OrganizationChoice | undefined,
  isMissing: boolean,
): Html {
  const all = choice?.all ?? true
  return html`
    <fieldset
      id="organizations"
      tabindex="-1"
      aria-label="Organizations"
      aria-describedby="choose-hint"
      ${isMissing ? html`autofocus` : NOTHING}
    >
      <label class="option">
        <input type="checkbox" role="switch" name="which" value="all" ${all ? 'checked' : ''} />
        <strong>All current and future organizations</strong>
      </label>
      <p class="muted">or select specific organizations</p>
      ${search(organizations)}
      ${organizations.map((organization) =>
        option(
          organization,
          html`<input
            type="checkbox"
            role="switch"
            name="organizations"
            value="${organization.id}"
            ${choice?.ids.includes(organization.id) ? 'checked' : ''}
          />`,
        ),
      )}
    </fieldset>
  `
}

function option(organization: Organization, control: Html): Html {
  const { name, slug } = organization
  return html`
    <label class="option" data-name="${name} ${slug}">
      ${control} ${avatar(name)}
      <span><strong>${name}</strong><br /><span class="muted">${slug}</span></span>
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

function hiddenIds(ids: readonly string[]): Html {
  return html`${ids.map((id) => html`<input type="hidden" name="organizations" value="${id}" />`)}`
}

function avatar(name: string): Html {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
  return html`<span class="avatar" aria-hidden="true">${initials.toUpperCase()}</span>`
}

/** One row for each area, sorted by name. */
function permissions(scopes: readonly string[], granted: readonly string[]): Html {
  const areas = Map.groupBy(new Set(scopes), areaOf)
  const rows = [...areas].toSorted(([left], [right]) => left.localeCompare(right, 'en'))
  return html`
    <ul class="scopes">
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

/** `checkout_links:read` belongs to the area `Checkout Links`. */
function areaOf(scope: string): string {
  const [area = ''] = scope.split(':')
  if (area === 'openid') return 'OpenID'
  return area
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function documentsOf({ name, tosUri, policyUri }: Client): Html {
  const links = [
    [tosUri, 'Terms of Service'],
    [policyUri, 'Privacy Policy'],
  ].flatMap(([address, title]) =>
    address === null ? [] : [html`<a href="${address}" rel="noreferrer">${title}</a>`],
  )
  if (links.length === 0) return NOTHING
  const [first, second] = links
  return html`<p class="muted">
    Before using this app, you can review ${name}'s
    ${first}${second === undefined ? NOTHING : html` and ${second}`}.
  </p>`
}
