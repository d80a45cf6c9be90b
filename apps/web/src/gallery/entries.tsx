/** Every part of the app in each of its states. */
import { BANNERS } from './banners.tsx'
import { DATA_PAGES } from './data-pages.tsx'
import type { Entry } from './entry.tsx'
import { ERRORS } from './errors.tsx'
import { EXPORT_STATES } from './export-states.tsx'
import { LINK_PAGES } from './link-pages.tsx'
import { PAGES } from './pages.tsx'
import { PARTS } from './parts.tsx'
import { STATES } from './states.tsx'

export const ENTRIES: readonly Entry[] = [
  ...PARTS,
  ...BANNERS,
  ...STATES,
  ...DATA_PAGES,
  ...LINK_PAGES,
  ...EXPORT_STATES,
  ...PAGES,
  ...ERRORS,
]
