/** An address that no page has. Its last part may name one. */
import { problemText } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useMessages } from '../messages/use-messages.ts'
import { Link } from '../parts/link.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { addressOf, SCREENS } from '../resources/table.ts'

export function NotFoundPage(): ReactNode {
  const messages = useMessages()
  const { backToStart, didYouMean } = messages
  const { title, text } = problemText('page_not_found')
  const last = useLocation().pathname.replace(/\/+$/, '').split('/').at(-1) ?? ''
  const meant = SCREENS.find(({ name, path }) => last.toLowerCase() === (path === '' ? name : path))
  return (
    <section className="pc-card pc-narrow">
      <PageHeading title={title} />
      <p>
        {meant ? <Link to={addressOf(meant)}>{didYouMean(messages[meant.name].title)}</Link> : text}
      </p>
      <div className="pc-actions">
        <Link className="pc-button pc-button--primary" to="/">
          {backToStart}
        </Link>
      </div>
    </section>
  )
}
