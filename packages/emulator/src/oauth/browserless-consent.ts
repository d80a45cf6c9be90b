/** The consent screen without a browser: opens it as a person, chooses, and presses a button. */
import { SESSION_COOKIE } from '../http/browser-session.ts'
import type { World } from '../world/world.ts'
import type { Allowing } from './allowing.ts'

type Fetch = (request: Request) => Promise<Response>

/**
 * Presses *Authorize*.
 *
 * @returns the app's callback URL, with a code or an error.
 * @throws {Error} if Polar shows an error page, or if the person must choose an organization.
 */
export async function allowRequest(
  world: World,
  fetch: Fetch,
  authorizationUrl: string | URL,
  { person, organization }: Allowing,
): Promise<URL> {
  const screen = await openScreen(world, fetch, authorizationUrl, person)
  if (screen instanceof URL) return screen
  const { data, press } = screen
  const chosen = chooseOrganization(data, organization)
  return press({ action: 'allow', ...(chosen !== undefined && { organizations: chosen }) })
}

/** Presses *Deny*. */
export async function denyRequest(
  world: World,
  fetch: Fetch,
  authorizationUrl: string | URL,
  { person }: Pick<Allowing, 'person'>,
): Promise<URL> {
  const screen = await openScreen(world, fetch, authorizationUrl, person)
  if (!(screen instanceof URL)) return screen.press({ action: 'deny' })
  if (!screen.searchParams.has('code')) return screen
  throw new Error('deny: no consent screen, because all was allowed before. Send prompt=consent.')
}

interface ConsentData {
  readonly organizations: readonly {
    readonly id: string
    readonly slug: string
    readonly name?: string
  }[]
  readonly requires_single_organization: boolean
}

interface Screen {
  readonly data: ConsentData
  press(form: Readonly<Record<string, string>>): Promise<URL>
}

/** The screen, or the callback URL if Polar goes straight back to the app. */
async function openScreen(
  world: World,
  fetch: Fetch,
  authorizationUrl: string | URL,
  named: string | undefined,
): Promise<Screen | URL> {
  const url = new URL(authorizationUrl)
  if (!url.pathname.endsWith('/oauth2/authorize')) {
    throw new Error(
      `${url.href} is not an authorization URL: its path should end with /oauth2/authorize`,
    )
  }
  const person = world.dataset.people.find(
    ({ id, email }) => (named ?? world.signedIn) === id || named === email,
  )
  if (person === undefined) {
    const people = world.dataset.people.map(({ email }) => email).join(', ')
    throw new Error(`no one called ${named ?? 'in particular'} is here, but ${people}`)
  }
  const query = url.searchParams
  // `prompt=login` is satisfied, as at Polar after a fresh sign-in.
  if (query.get('prompt') === 'login') query.set('prompt', 'consent')
  const headers = { Cookie: `${SESSION_COOKIE}=${person.id}` }
  const send = (path: string, form?: Readonly<Record<string, string>>) =>
    fetch(
      new Request(`${world.origin}/v1/oauth2/${path}?${query.toString()}`, {
        headers,
        ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
      }),
    )
  const shown = await send('authorize')
  if (shown.status !== 200) return callbackOf(shown)
  return {
    data: (await shown.json()) as ConsentData,
    press: async (form) => callbackOf(await send('consent', form)),
  }
}

async function callbackOf(response: Response): Promise<URL> {
  const location = response.headers.get('Location')
  if (location !== null) return new URL(location)
  throw new Error(`Polar shows an error page (${response.status}): ${await response.text()}`)
}

function chooseOrganization(
  { organizations, requires_single_organization: single }: ConsentData,
  wanted: string | undefined,
): string | undefined {
  const slugs = organizations.map(({ slug }) => slug).join(', ') || 'none'
  if (wanted === undefined) {
    if (!single) return undefined
    const [only, ...others] = organizations
    if (only !== undefined && others.length === 0) return only.id
    throw new Error(`allow: name the organization that the app may reach: ${slugs}`)
  }
  const found = organizations.find(({ id, slug, name }) => [id, slug, name].includes(wanted))
  if (found === undefined) {
    throw new Error(`allow: this person has no organization "${wanted}" to choose, only ${slugs}`)
  }
  return found.id
}
