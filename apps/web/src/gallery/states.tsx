/** The states that all pages with data share, shown with one page. */
import { EMPTY, FULL } from './answers.ts'
import { screen } from './data-pages.tsx'
import type { Entry, Setting } from './entry.tsx'
import { refusal } from './fixtures.ts'

const products = (name: string, setting: Setting): Entry =>
  screen(`list-${name}`, setting.path ?? '/dashboard/products', setting)

const UNSEEN = () =>
  refusal(403, { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="products:read"' })

export const STATES: readonly Entry[] = [
  products('loading', {}),
  products('ready', { path: '/dashboard/products?page=2', answer: FULL }),
  products('empty', { answer: EMPTY }),
  products('no-matches', { path: '/dashboard/products?q=moon', answer: EMPTY }),
  products('error', { answer: () => refusal(500) }),
  products('missing-permission', { answer: UNSEEN }),
  products('permission-denied', {
    answer: UNSEEN,
    entryState: { stepUp: 'authorization_error.access_denied' },
  }),
  products('not-allowed', { answer: () => refusal(403) }),
  products('rate-limited', { answer: () => refusal(429, { 'Retry-After': '600' }) }),
  products('not-found', { answer: () => refusal(404) }),
  products('offline', { answer: FULL, offline: true }),
]
