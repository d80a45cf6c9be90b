/** A new checkout link: the form in each of its states, and the link that it made. */
import { useEffect, useRef, type ReactNode } from 'react'
import { NewCheckoutLinkPage } from '../pages/new-checkout-link-page.tsx'
import { EMPTY, FULL } from './answers.ts'
import { stage, type Entry, type Setting } from './entry.tsx'
import { CONNECTED, ENDED, without } from './fixtures.ts'

const form = (name: string, setting: Setting, page: ReactNode = <NewCheckoutLinkPage />): Entry =>
  stage(name, page, { path: '/dashboard/checkout-links/new', ...setting })

export const LINK_PAGES: readonly Entry[] = [
  form('link-form', { path: '/dashboard/checkout-links/new?product=p1', answer: FULL }),
  form('link-form-loading', {}),
  form('link-form-without-products', { answer: EMPTY }),
  form('link-form-checked', { answer: FULL }, <Submitted />),
  form('link-form-offline', { answer: FULL, offline: true }),
  form('link-form-session-ended', { answer: FULL, state: ENDED }),
  form('link-form-without-permission', {
    answer: FULL,
    state: { ...CONNECTED, connection: without('checkout_links:write') },
  }),
  form('link-ready', { path: '/dashboard/checkout-links/new?created=l1', answer: FULL }),
]

/** The form with nothing in it, sent as soon as it is there. */
function Submitted(): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector('form')?.requestSubmit(), [])
  return (
    <div ref={place}>
      <NewCheckoutLinkPage />
    </div>
  )
}
