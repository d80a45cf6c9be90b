/** One text. `problemText` fills in placeholders such as `{app}`. */
/**
 * What a person can do. The app names its own buttons.
 *
 * - `connect`: begin the sign-in again. `reconnect`: the same for the connection that ended.
 * - `retry`: the same request again. `reload`: the page again.
 * - `grant`: allow one more permission.
 * - `fields`: correct the form. `address`: open the app at `details.origin`.
 * - `home`, `overview`, `list`: go there. `diagnostics`: the app's page for its developers.
 * - `none`: wait.
 */
export type ProblemAction =
  | 'connect'
  | 'reconnect'
  | 'retry'
  | 'reload'
  | 'grant'
  | 'fields'
  | 'address'
  | 'home'
  | 'overview'
  | 'list'
  | 'diagnostics'
  | 'none'

export type Row = readonly [title: string, text: string, action: ProblemAction]

export const WAIT = 'Wait a moment and try again.'
export const REPEAT = 'Try again. If it keeps happening, contact support{quote}.'
export const NOT_RESPONDING = "Polar isn't responding right now"
export const UNREADABLE = "Polar answered in a way we didn't understand"
