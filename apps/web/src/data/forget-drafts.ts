/** Forgets unsaved work. Apart from the code of drafts, which the front page does not need. */
import { tabStorage } from './storage.ts'

/** Where `link-draft.ts` keeps them. */
export const DRAFTS_KEY = 'polar-connect:link-drafts'

export function forgetDrafts(): void {
  tabStorage.remove(DRAFTS_KEY)
}
