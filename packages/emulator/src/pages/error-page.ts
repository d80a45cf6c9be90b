/** The page for errors that must not redirect to the app. The app does not learn of them. */
import { html } from 'hono/html'
import type { Client } from '../world/records.ts'
import { page, type Html } from './layout.ts'

export function errorPage(options: {
  readonly error: string
  readonly description: string | undefined
  readonly client: Client | undefined
  readonly requestedUri: string | null
  /** The same request, to try again after the redirect URI is registered. */
  readonly returnTo: string
}): Html {
  const { error, description, client, requestedUri, returnTo } = options
  const unregistered =
    client !== undefined && requestedUri !== null && !client.redirectUris.includes(requestedUri)
  return page(
    "This app can't connect",
    html`
      <h1>This app can't connect</h1>
      <p>
        ${
          unregistered
            ? "The address the app wants to return to isn't registered."
            : (description ?? error)
        }
      </p>
      ${
        unregistered
          ? html`
              ${comparison(requestedUri, client.redirectUris)}
              ${URL.canParse(requestedUri) ? registerForm(client, requestedUri, returnTo) : ''}
            `
          : ''
      }
      <p class="muted"><code>${error}</code></p>
    `,
  )
}

function comparison(requested: string, registered: readonly string[]): Html {
  const nearest = registered.toSorted(
    (left, right) => commonLength(right, requested) - commonLength(left, requested),
  )[0]
  if (nearest === undefined) return html`<p>No address is registered for this client.</p>`
  const difference = differenceOf(requested, nearest)
  const at = commonLength(nearest, requested)
  const width = Math.max(1, Math.max(nearest.length, requested.length) - at)
  return html`<pre tabindex="0">
Requested   ${requested}
Registered  ${nearest}
            ${' '.repeat(at)}${'^'.repeat(Math.min(width, 40))} ${difference}</pre>
    <p>Fix: ${fixOf(nearest, difference)}</p>`
}

function fixOf(registered: string, difference: string): string {
  const elsewhere = ['scheme', 'host', 'port'].some((part) => difference.startsWith(part))
  return elsewhere
    ? `open ${new URL(registered).origin}, or register the requested address.`
    : 'register the requested address, or have the app ask for the registered one.'
}

function registerForm(client: Client, requested: string, returnTo: string): Html {
  return html`
    <form method="post" action="/auth/redirect-uris" class="actions">
      <input type="hidden" name="client_id" value="${client.id}" />
      <input type="hidden" name="redirect_uri" value="${requested}" />
      <input type="hidden" name="return_to" value="${returnTo}" />
      <button class="primary">Register this redirect URI here</button>
      <button type="button" data-copy="${requested}" hidden>Copy requested URI</button>
    </form>
  `
}

function commonLength(left: string, right: string): number {
  let length = 0
  while (length < left.length && left[length] === right[length]) length += 1
  return length
}

function differenceOf(requested: string, registered: string): string {
  if (!URL.canParse(requested)) return 'not an address'
  const [ours, theirs] = [new URL(requested), new URL(registered)]
  if (ours.protocol !== theirs.protocol) return 'scheme differs'
  if (ours.hostname !== theirs.hostname) {
    const loopback = [ours.hostname, theirs.hostname].toSorted().join() === '127.0.0.1,localhost'
    return loopback
      ? 'host differs: localhost and 127.0.0.1 are not the same to Polar'
      : 'host differs'
  }
  if (ours.port !== theirs.port) return 'port differs'
  if (`${ours.pathname}/` === theirs.pathname || ours.pathname === `${theirs.pathname}/`) {
    return 'trailing slash differs'
  }
  if (ours.pathname.toLowerCase() === theirs.pathname.toLowerCase()) {
    return ours.pathname === theirs.pathname ? 'query differs' : 'letter case differs'
  }
  return 'path differs'
}
