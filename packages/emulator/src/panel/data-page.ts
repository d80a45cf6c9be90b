/** The Data tab: data sets, simulated sales, and the number of objects. */
import { html } from 'hono/html'
import { REFUND_REASONS } from '../objects/refund.ts'
import { DATASET_NAMES, type DatasetName } from '../seed/dataset-name.ts'
import type { Html } from '../pages/layout.ts'
import type { World } from '../world/world.ts'
import { controlForm, type Field, type PanelContext } from './control.ts'

const WORDS: Readonly<Record<DatasetName, string>> = {
  empty: 'Empty',
  small: 'Small',
  large: 'Large (5,000 orders)',
  awkward: 'Awkward',
}

export function dataPage(world: World, context: PanelContext): Html {
  const counts = Object.entries(world.dataset).filter(
    (entry): entry is [string, readonly unknown[]] => Array.isArray(entry[1]),
  )
  const shops: Field = {
    name: 'organization',
    label: 'Organization',
    kind: 'text',
    value: world.dataset.organizations[0]?.id ?? '',
    options: world.dataset.organizations.map(({ id, name }) => [id, name] as const),
  }
  return html`
    <p class="muted">Loading another data set resets everything.</p>
    <div class="controls">
      ${DATASET_NAMES.map((name) =>
        controlForm(
          { label: WORDS[name], method: 'POST', path: '/reset', body: { dataset: name } },
          context,
        ),
      )}
    </div>
    <h2>Simulate sales</h2>
    <div class="controls">
      ${controlForm(
        {
          label: 'Create test order',
          method: 'POST',
          path: '/orders',
          fields: [
            shops,
            { name: 'email', label: 'Email', kind: 'text', value: 'test.buyer@example.com' },
          ],
        },
        context,
      )}
      ${controlForm(
        {
          label: 'Refund an order',
          method: 'POST',
          path: '/refunds',
          fields: [
            shops,
            {
              name: 'reason',
              label: 'Reason',
              kind: 'text',
              value: 'customer_request',
              options: REFUND_REASONS.map((reason) => [reason, reason.replaceAll('_', ' ')]),
            },
          ],
        },
        context,
      )}
      ${controlForm(
        {
          label: 'Cancel a subscription',
          method: 'POST',
          path: '/subscriptions/cancel',
          fields: [
            shops,
            {
              name: 'immediately',
              label: 'When',
              kind: 'flag',
              value: 'false',
              options: [
                ['false', 'At the end of its period'],
                ['true', 'At once'],
              ],
            },
          ],
        },
        context,
      )}
    </div>
    <h2>Objects</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Objects">
      <table>
        <thead>
          <tr>
            <th scope="col">Objects</th>
            <th scope="col">How many</th>
          </tr>
        </thead>
        <tbody>
          ${counts.map(
            ([name, items]) => html`
              <tr>
                <th scope="row">${name.replaceAll('_', ' ')}</th>
                <td>${items.length}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}
