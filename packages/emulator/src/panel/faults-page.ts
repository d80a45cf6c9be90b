/** The Faults tab: presets with one click each, and custom faults. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import { ID_TOKEN_FAULTS, NETWORK_KINDS } from '../faults/fault.ts'
import { PRESETS } from '../faults/presets.ts'
import type { World } from '../world/world.ts'
import { controlForm, type Control, type Field, type PanelContext } from './control.ts'

const choices = (values: readonly string[]) => [
  ['', 'none'] as const,
  ...values.map((value) => [value, value.replaceAll('_', ' ')] as const),
]

const FIELDS: readonly Field[] = [
  { name: 'method', label: 'Method', kind: 'text' },
  { name: 'path_contains', label: 'Path contains', kind: 'text', value: '/v1/' },
  { name: 'status', label: 'Status', kind: 'number', value: '500' },
  { name: 'delay_ms', label: 'Delay (ms)', kind: 'number' },
  { name: 'delay_after_ms', label: 'Delay after the change (ms)', kind: 'number' },
  { name: 'commit_after_ms', label: 'Committed after (ms)', kind: 'number' },
  { name: 'body', label: 'Body', kind: 'text' },
  { name: 'kind', label: 'Kind', kind: 'text', options: choices(NETWORK_KINDS) },
  {
    name: 'after_commit',
    label: 'When',
    kind: 'flag',
    options: [
      ['', 'Instead of the change'],
      ['true', 'After the change is made'],
    ],
  },
  {
    name: 'grant_type',
    label: 'Only token requests of',
    kind: 'text',
    options: choices(['authorization_code', 'refresh_token']),
  },
  { name: 'id_token', label: 'ID token', kind: 'text', options: choices(ID_TOKEN_FAULTS) },
  {
    name: 'times',
    label: 'How many times',
    kind: 'number',
    options: [
      ['1', '1'],
      ['3', '3'],
      ['', 'Until turned off'],
    ],
    value: '1',
  },
  { name: 'probability', label: 'Probability', kind: 'number', value: '1' },
]

export function faultsPage(world: World, context: PanelContext): Html {
  const form = (control: Control) => controlForm(control, context)
  const on = world.faults.list()
  return html`
    ${
      on.length === 0
        ? html`<p>No fault is on.</p>`
        : html`
            <ul>
              ${on.map(
                ({ id, preset, rule, hits }) => html`
                  <li>
                    ${PRESETS.find(({ slug }) => slug === preset)?.title ?? JSON.stringify(rule)}
                    <span class="badge"
                      >On, met ${hits} ${hits === 1 ? 'request' : 'requests'}</span
                    >
                    ${form({ label: 'Turn off', method: 'DELETE', path: `/faults/${id}` })}
                  </li>
                `,
              )}
            </ul>
            ${form({ label: 'Turn off all faults', method: 'DELETE', path: '/faults' })}
          `
    }
    <h2>Presets</h2>
    <div class="cards">
      ${PRESETS.map(
        ({ slug, title, effect }) => html`
          <div class="card">
            <h3>
              ${title}
              ${on.some(({ preset }) => preset === slug) ? html`<span class="badge">Active</span>` : ''}
            </h3>
            <p class="muted">${effect}</p>
            ${form({ label: `Turn on: ${title}`, method: 'POST', path: `/faults/presets/${slug}` })}
          </div>
        `,
      )}
    </div>
    <h2>Custom fault</h2>
    ${form({ label: 'Add fault', method: 'POST', path: '/faults', fields: FIELDS })}
  `
}
