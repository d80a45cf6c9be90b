/** The emulator's own front page: what it is, and the calls that drive it. */
import { html } from 'hono/html'
import { page, type Html } from '../pages/layout.ts'
import type { World } from '../world.ts'

const CALLS: readonly (readonly [string, string])[] = [
  ['Emulator time', 'curl {origin}/_emulator/clock'],
  [
    'Forward 1 hour',
    `curl -X POST {origin}/_emulator/clock -H 'Content-Type: application/json' -d '{"advance_seconds": 3600}'`,
  ],
  [
    'Back to real time',
    `curl -X POST {origin}/_emulator/clock -H 'Content-Type: application/json' -d '{"reset": true}'`,
  ],
  ['Requests, newest first, tokens masked', 'curl {origin}/_emulator/requests'],
  ['Live and ended grants', 'curl {origin}/_emulator/grants'],
  ['Revoke every grant', 'curl -X POST {origin}/_emulator/grants/revoke-all'],
  ['Sign out of the emulator', 'curl -X POST {origin}/_emulator/sign-out'],
  ['Reset everything', 'curl -X POST {origin}/_emulator/reset'],
]

export function indexPage(world: World): Html {
  const time = new Date(world.clock.now() * 1000).toUTCString()
  return page(
    'Polar emulator',
    html`
      <h1>Polar emulator</h1>
      <p>Everything here is fake and stays on this computer.</p>
      <p>Emulator time: <strong>${time}</strong></p>
      <h2>People</h2>
      <ul>
        ${world.dataset.people.map(
          ({ name, email }) => html`<li>${name} <span class="muted">${email}</span></li>`,
        )}
      </ul>
      <h2>Calls that drive it</h2>
      ${CALLS.map(
        ([title, call]) => html`
          <h3>${title}</h3>
          <pre tabindex="0">${call.replace('{origin}', world.origin)}</pre>
        `,
      )}
    `,
  )
}
