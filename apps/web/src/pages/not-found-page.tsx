/** An address that no page has. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'

export function NotFoundPage(): ReactNode {
  const { pages, notFoundText, backToStart } = useMessages()
  return (
    <section className="pc-card pc-narrow">
      <PageHeading title={pages.notFound} />
      <p>{notFoundText}</p>
      <div className="pc-actions">
        <Link className="pc-button pc-button--primary" to="/">
          {backToStart}
        </Link>
      </div>
    </section>
  )
}
