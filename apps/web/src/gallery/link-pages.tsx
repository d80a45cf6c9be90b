/** Checkout links: each state of the form, the link that it made, and its deletion. */
import type { ReactNode } from 'react'
import { Route, Routes } from 'react-router'
import { EditCheckoutLinkPage } from '../pages/edit-checkout-link-page.tsx'
import { NewCheckoutLinkPage } from '../pages/new-checkout-link-page.tsx'
import { EMPTY, FULL } from './answers.ts'
import { screen } from './data-pages.tsx'
import { Pressed, stage, type Entry, type Setting } from './entry.tsx'
import { CONNECTED, ENDED, refusal, without } from './fixtures.ts'

const form = (name: string, setting: Setting, page: ReactNode = <NewCheckoutLinkPage />): Entry =>
  stage(name, page, { path: '/dashboard/checkout-links/new', ...setting })

const edit = (name: string, setting: Setting, pressed: readonly string[] = []): Entry =>
  stage(
    name,
    <Pressed names={pressed}>
      <Routes>
        <Route path="/dashboard/checkout-links/:id" element={<EditCheckoutLinkPage />} />
      </Routes>
    </Pressed>,
    { path: '/dashboard/checkout-links/l1', answer: FULL, ...setting },
  )

const READS = { ...CONNECTED, connection: without('checkout_links:write') }
const LIST = '/dashboard/checkout-links'

export const LINK_PAGES: readonly Entry[] = [
  form('link-form', { path: '/dashboard/checkout-links/new?product=p1', answer: FULL }),
  form('link-form-loading', {}),
  form('link-form-without-products', { answer: EMPTY }),
  form(
    'link-form-checked',
    { answer: FULL },
    <Pressed names={['Create checkout link']}>
      <NewCheckoutLinkPage />
    </Pressed>,
  ),
  form('link-form-offline', { answer: FULL, offline: true }),
  form('link-form-session-ended', { answer: FULL, state: ENDED }),
  form('link-form-without-permission', { answer: FULL, state: READS }),
  form('link-ready', { path: '/dashboard/checkout-links/new?created=l1', answer: FULL }),
  edit('link-edit', {}),
  edit('link-edit-loading', { answer: () => new Promise(() => undefined) }),
  edit('link-edit-gone', { answer: () => refusal(404) }),
  edit('link-edit-offline', { offline: true }),
  edit('link-edit-without-permission', { state: READS }),
  screen('link-delete', LIST, { answer: FULL }, ['Delete']),
  screen('link-delete-pending', LIST, { answer: FULL }, ['Delete', 'Delete link']),
  screen(
    'link-delete-failed',
    LIST,
    {
      answer: (path, query, method) =>
        method === 'DELETE' ? refusal(500) : FULL(path, query, method),
    },
    ['Delete', 'Delete link'],
  ),
]
