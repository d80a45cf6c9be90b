/** The frame of every tab: the time, the reset button and the tabs. */
import { html } from 'hono/html'
import { page, type Html } from '../pages/layout.ts'
import type { World } from '../world/world.ts'
import { controlForm, type PanelContext } from './control.ts'

export const TABS = [
  { path: '/', title: 'Clock and tokens' },
  { path: '/_panel/faults', title: 'Faults' },
  { path: '/_panel/requests', title: 'Requests' },
  { path: '/_panel/clients', title: 'Clients' },
  { path: '/_panel/people', title: 'People' },
  { path: '/_panel/data', title: 'Data' },
] as const

export type TabTitle = (typeof TABS)[number]['title']

export function frame(world: World, context: PanelContext, title: TabTitle, content: Html): Html {
  const app = [...world.clients.values()][0]?.redirectUris[0]
  return page(
    title,
    html`
      <h1>Polar emulator</h1>
      <p class="muted">Everything here is fake and stays on this computer.</p>
      <div class="bar">
        <p>Emulator time: <strong>${timeOf(world)}</strong></p>
        ${app === undefined ? '' : html`<p><a href="${new URL(app).origin}">Open the app</a></p>`}
        <details>
          <summary>Reset everything</summary>
          <p><strong>Reset the emulator?</strong> Every grant, record and change is forgotten.</p>
          ${controlForm({ label: 'Reset', method: 'POST', path: '/reset' }, context)}
          <p><a href="${context.back}">Keep data</a></p>
        </details>
      </div>
      <nav aria-label="Emulator">
        <ul>
          ${TABS.map(
            ({ path, title: name }) =>
              html`<li>
                <a href="${path}" ${name === title ? html`aria-current="page"` : ''}>${name}</a>
              </li>`,
          )}
        </ul>
      </nav>
      <h2>${title}</h2>
      ${content}
    `,
    { wide: true },
  )
}

/** `Mon, 23 Nov 2026, 14:02:11 UTC, +1 h 0 min ahead` */
function timeOf(world: World): string {
  const now = new Date(world.clock.now() * 1000)
  const [day = '', date = '', month = '', year = '', time = ''] = now.toUTCString().split(' ')
  const minutes = Math.round(world.clock.offset() / 60)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const ahead =
    minutes === 0
      ? ''
      : `, ${minutes > 0 ? '+' : '-'}${hours} h ${rest} min ${minutes > 0 ? 'ahead' : 'behind'}`
  return `${day} ${date} ${month} ${year}, ${time} UTC${ahead}`
}
