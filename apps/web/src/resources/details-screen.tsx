/** The details of one record: a link to its list, the heading, facts, and a link to Polar. */
import type { ReactNode } from 'react'
import { useLocation, useParams } from 'react-router'
import { usePolarDashboard } from '../data/polar-dashboard.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ExternalLink } from '../parts/external-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { Refresh } from '../parts/refresh.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { OrganizationFact, ownerOf } from './organization-name.tsx'
import { addressOf, type ScreenProps } from './table.ts'
import { useRecord } from './use-resource.ts'
import { useView } from './use-view.ts'

export function DetailsScreen({ row, resource }: ScreenProps): ReactNode {
  const { id = '' } = useParams()
  const { details } = resource
  if (details === undefined) throw new TypeError(`${row.name} have no details`)
  const messages = useMessages()
  const view = useView()
  const query = useRecord(resource, id)
  const polar = usePolarDashboard(details.polarPath(id), query.data && ownerOf(query.data))
  // People who come from the list go back to the same place in it.
  const { list: search = '' } = (useLocation().state ?? {}) as { readonly list?: string }
  const back = {
    to: `${addressOf(row)}${search}`,
    name: messages.backTo(messages[row.name].thing),
  }
  const { data: item } = query
  return (
    <>
      <div className="pc-item-head">
        {/* An error has its own way back. */}
        {!query.isError && (
          <Link className="pc-back" to={back.to}>
            <Icon name="back" size={16} />
            <span>{back.name}</span>
          </Link>
        )}
        <div className="pc-section-head">
          <PageHeading title={details.title(item, id, messages)} />
          {item !== undefined && (
            <div className="pc-actions">
              <Refresh />
              {details.actions?.(item, view)}
              {polar !== undefined && (
                <ExternalLink className="pc-button" href={polar}>
                  {messages.lists.openInPolar}
                </ExternalLink>
              )}
            </div>
          )}
        </div>
      </div>
      <QuerySection query={query} thing={details.thing(messages)} rows={8} back={back}>
        {(record) => (
          <div className="pc-item">
            <dl className="pc-card pc-facts">
              <OrganizationFact id={ownerOf(record)} />
              {details.facts(record, view)}
            </dl>
            {details.sections?.(record)}
          </div>
        )}
      </QuerySection>
    </>
  )
}
