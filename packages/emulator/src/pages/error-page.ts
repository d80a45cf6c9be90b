/** The page for requests that must not be answered by a redirect: the app hears nothing of them. */
import { html } from 'hono/html'
import type { Client } from '../world.ts'
import { page, type Html } from './layout.ts'

export function errorPage(options: {
  readonly error: string
  readonly description: string | undefined
  readonly client: Client | undefined
  readonly requestedUri: string | null
}): Html {
  const { error, description, client, requestedUri } = options
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
      ${unregistered ? comparison(requestedUri, client.redirectUris) : ''}
      <p class="muted"><code>${error}</code></p>
    `,
  )
}

function comparison(requested: string, registered: readonly string[]): Html {
  const nearest = registered.toSorted(
    (left, right) => commonLength(right, requested) - commonLength(left, requested),
  )[0]
  if (nearest === undefined) return html`<p>No address is registered for this client.</p>`
  const at = commonLength(nearest, requested)
  const width = Math.max(1, Math.max(nearest.length, requested.length) - at)
  return html`<pre>
Requested   ${requested}
Registered  ${nearest}
            ${' '.repeat(at)}${'^'.repeat(Math.min(width, 40))} ${differenceOf(requested, nearest)}</pre>`
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
