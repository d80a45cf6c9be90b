/**
 * Everything the app says, in English, joined from a file for each area. A whole sentence each, with
 * named parameters: another language may need another order. Errors have their texts in the React
 * package, by code.
 */
import { connection } from './connection.ts'
import { list } from './counting.ts'
import { diagnostics } from './diagnostics.ts'
import { indexPage } from './index-page.ts'
import { overview } from './overview.ts'
import { pages } from './pages.ts'
import { pagination } from './pagination.ts'
import { productMessages } from './products.ts'
import { profile } from './profile.ts'
import { shell } from './shell.ts'
import { signedOut } from './signed-out.ts'
import { states } from './states.ts'

export const en = {
  list,
  newTab: '(opens in a new tab)',
  ...shell,
  ...states,
  pages,
  ...indexPage,
  overview,
  ...productMessages,
  pagination,
  profile,
  connection,
  diagnostics,
  signedOut,
}

export type Messages = typeof en
