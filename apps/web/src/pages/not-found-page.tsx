/** An address that no page has. */
import { problemText } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'

export function NotFoundPage(): ReactNode {
  const { backToStart } = useMessages()
  const { title, text } = problemText('page_not_found')
  return (
    <section className="pc-card pc-narrow">
      <PageHeading title={title} />
      <p>{text}</p>
      <div className="pc-actions">
        <Link className="pc-button pc-button--primary" to="/">
          {backToStart}
        </Link>
      </div>
    </section>
  )
}
