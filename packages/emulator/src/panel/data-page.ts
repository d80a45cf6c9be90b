/** The tab of data: how much of everything there is. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import type { World } from '../world.ts'

export function dataPage(world: World): Html {
  const counts = Object.entries(world.dataset).filter(
    (entry): entry is [string, readonly unknown[]] => Array.isArray(entry[1]),
  )
  return html`
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
    <p class="muted">
      The same seed number gives the same data. Choose a dataset at the start with
      <code>--dataset</code> and <code>--seed</code>.
    </p>
  `
}
