/** The Clock and tokens tab: moves time, and lists and ends live tokens. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import type { Pair } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { controlForm, type Control, type PanelContext } from './control.ts'

const STEPS = [
  ['Forward 1 minute', 60],
  ['Forward 59 minutes', 3540],
  ['Forward 1 hour', 3600],
  ['Forward 1 day', 86_400],
] as const

const TOGGLES = [
  ['rotate_refresh_tokens', 'Rotate refresh tokens'],
  ['reject_reused_refresh_tokens', 'Reject reused refresh tokens'],
] as const

export function clockPage(world: World, context: PanelContext): Html {
  const form = (control: Control) => controlForm(control, context)
  const { access_token_lifetime, refreshed_access_token_lifetime } = world.settings
  const live = world.pairs.filter(({ ended }) => ended === null)
  return html`
    <div class="controls">
      ${STEPS.map(([label, advance_seconds]) =>
        form({ label, method: 'POST', path: '/clock', body: { advance_seconds } }),
      )}
      ${form({ label: 'Back to real time', method: 'POST', path: '/clock', body: { reset: true } })}
    </div>
    <h2>Live grants</h2>
    ${
      live.length === 0
        ? html`<p>No grants yet. Open the app and choose "Connect with Polar".</p>`
        : html`
            <div class="scroll" tabindex="0" role="region" aria-label="Live grants">
              <table>
                <thead>
                  <tr>
                    ${[
                      'App',
                      'Person',
                      'Organization',
                      'Permissions',
                      'Access token',
                      'Refresh token',
                    ].map((title) => html`<th scope="col">${title}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${live.map((pair) => row(world, pair, form))}
                </tbody>
              </table>
            </div>
            ${form({ label: 'Revoke every grant', method: 'POST', path: '/grants/revoke-all' })}
          `
    }
    <h2>Lifetimes and limits</h2>
    <div class="controls">
      ${form({
        label: 'Save lifetimes',
        method: 'PATCH',
        path: '/settings',
        fields: [
          {
            name: 'access_token_lifetime',
            label: 'Access token lifetime (seconds)',
            kind: 'number',
            value: String(access_token_lifetime),
          },
          {
            name: 'refreshed_access_token_lifetime',
            label: 'After a refresh (seconds)',
            kind: 'number',
            value: String(refreshed_access_token_lifetime),
          },
        ],
      })}
      ${form({
        label: 'Limit requests',
        method: 'PATCH',
        path: '/settings',
        fields: [
          {
            name: 'rate_limit',
            label: 'Requests a minute for each client',
            kind: 'number',
            value: String(world.settings.rate_limit ?? 100),
          },
        ],
      })}
      ${form({
        label: 'No limit',
        method: 'PATCH',
        path: '/settings',
        body: { rate_limit: null },
      })}
      ${form({
        label: 'Save grace',
        method: 'PATCH',
        path: '/settings',
        fields: [
          {
            name: 'refresh_grace_seconds',
            label: 'Grace for a used refresh token (seconds)',
            kind: 'number',
            value: String(world.settings.refresh_grace_seconds),
          },
        ],
      })}
      ${form({
        label: 'Save',
        method: 'PATCH',
        path: '/settings',
        fields: [
          {
            name: 'concurrent_refreshes',
            label: 'Two refreshes at once',
            kind: 'text',
            value: world.settings.concurrent_refreshes,
            options: [
              ['one_wins', 'One wins'],
              ['all_win', 'Both succeed'],
            ],
          },
        ],
      })}
      ${TOGGLES.map(([member, label]) =>
        form({
          label: 'Save',
          method: 'PATCH',
          path: '/settings',
          fields: [
            {
              name: member,
              label,
              kind: 'flag',
              value: String(world.settings[member]),
              options: [
                ['true', 'On, as the real Polar'],
                ['false', 'Off'],
              ],
            },
          ],
        }),
      )}
      ${form({ label: 'Rotate the signing key', method: 'POST', path: '/keys/rotate', body: {} })}
    </div>
  `
}

function row(world: World, pair: Pair, form: (control: Control) => Html): Html {
  const path = `/grants/${pair.id}`
  const organizations = pair.organizationIds.map((id) => {
    const name = world.dataset.organizations.find((entry) => entry.id === id)?.name
    return typeof name === 'string' ? name : id
  })
  return html`
    <tr>
      <td>${world.clients.get(pair.clientId)?.name ?? pair.clientId}</td>
      <td>${world.person(pair.personId)?.name ?? 'nobody'}</td>
      <td>${organizations.length === 0 ? 'All' : organizations.join(', ')}</td>
      <td>${pair.scopes.join(', ')}</td>
      <td>${expiryOf(pair.expiresAt - world.clock.now())}</td>
      <td>${pair.refreshToken === null ? 'none' : 'live'}</td>
    </tr>
    <tr>
      <td colspan="6">
        <div class="controls">
          ${form({ label: 'Expire access token', method: 'POST', path: `${path}/expire-access` })}
          ${form({ label: 'Expire refresh token', method: 'POST', path: `${path}/expire-refresh` })}
          ${form({ label: 'Revoke grant', method: 'POST', path: `${path}/revoke` })}
          ${
            pair.scopes.length === 0
              ? ''
              : form({
                  label: 'Remove permission…',
                  method: 'POST',
                  path: `${path}/remove-scope`,
                  fields: [
                    {
                      name: 'scope',
                      label: 'Permission',
                      kind: 'text',
                      value: pair.scopes[0] ?? '',
                      options: pair.scopes.map((scope) => [scope, scope] as const),
                    },
                  ],
                })
          }
        </div>
      </td>
    </tr>
  `
}

function expiryOf(seconds: number): string {
  if (seconds <= 0) return 'expired'
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `expires in ${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `expires in ${hours} h` : `expires in ${Math.round(hours / 24)} days`
}
