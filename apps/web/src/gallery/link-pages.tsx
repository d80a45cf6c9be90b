/** Checkout links: those there are, the form in each of its states, and what comes of it. */
import { useEffect, useRef, type ReactNode } from 'react'
import { CheckoutLinksPage } from '../pages/checkout-links-page.tsx'
import { NewCheckoutLinkPage } from '../pages/new-checkout-link-page.tsx'
import { EMPTY, FULL } from './answers.ts'
import { stage, type Entry, type Setting } from './entry.tsx'
import { CONNECTED, ENDED, without } from './fixtures.ts'

const links = (name: string, setting: Setting): Entry =>
  stage(name, <CheckoutLinksPage />, { path: '/dashboard/checkout-links', ...setting })

const form = (name: string, setting: Setting, page: ReactNode = <NewCheckoutLinkPage />): Entry =>
  stage(name, page, { path: '/dashboard/checkout-links/new', ...setting })

export const LINK_PAGES: readonly Entry[] = [
  links('checkout-links', { answer: FULL }),
  links('checkout-links-empty', { answer: EMPTY }),
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
