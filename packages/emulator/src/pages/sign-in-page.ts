/** The sign-in page. No password, because the people are made up. */
import { html } from 'hono/html'
import type { Person } from '../objects/dataset.ts'
import { page, type Html } from './layout.ts'

export function signInPage(options: {
  readonly people: readonly Person[]
  readonly returnTo: string
  /** The app, and the address that tells it about the cancellation. */
  readonly cancel: { readonly app: string; readonly address: string } | undefined
}): Html {
  const { people, returnTo, cancel } = options
  return page(
    'Sign in',
    html`
      <h1>Sign in to the emulator</h1>
      <p class="muted">No password. These people are made up.</p>
      <form method="post" action="/auth">
        <input type="hidden" name="return_to" value="${returnTo}" />
        ${people.map(
          ({ id, name, email }) => html`
            <button class="wide" name="person" value="${id}" aria-describedby="${id}">
              Continue as ${name}
            </button>
            <p class="muted" id="${id}">${email}</p>
          `,
        )}
      </form>
      ${
        cancel === undefined
          ? ''
          : html`<p><a href="${cancel.address}">Cancel and return to ${cancel.app}</a></p>`
      }
    `,
  )
}
