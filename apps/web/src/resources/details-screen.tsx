/** What the details of one record have: the way back to the list, the heading, and the way to Polar. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { usePolarDashboard } from '../data/polar-dashboard.ts'
import { useMessages } from '../messages/use-messages.ts'
import { QuerySection } from '../states/query-section.tsx'
import { ExternalLink } from '../parts/external-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { PageHeading } from '../parts/page-heading.tsx'

interface ItemPageProps<Item> {
  /** Also while nothing is loaded. */
  readonly title: string
  /** In the words of the page: `order`. */
  readonly thing: string
  /** The list that it is in. */
  readonly list: { readonly path: string; readonly thing: string }
  /** Where Polar has it, below the organization. */
  readonly polarPath: string
  readonly query: UseQueryResult<Item>
  readonly actions?: ReactNode
  readonly children: (item: Item) => ReactNode
}

export function ItemPage<Item>(props: ItemPageProps<Item>): ReactNode {
  const { title, thing, list, polarPath, query, actions, children } = props
  const { backTo, lists } = useMessages()
  const polar = usePolarDashboard(polarPath)
  // Whoever comes from the list goes back to the same place in it.
  const { list: search = '' } = (useLocation().state ?? {}) as { readonly list?: string }
  const back = { to: `${list.path}${search}`, name: backTo(list.thing) }
  return (
    <>
      <div className="pc-item-head">
        {query.data !== undefined && (
          <Link className="pc-back" to={back.to}>
            <Icon name="back" size={16} />
            {back.name}
          </Link>
        )}
        <div className="pc-section-head">
          <PageHeading title={title} />
          {query.data !== undefined && (
            <div className="pc-actions">
              {actions}
              {polar !== undefined && (
                <ExternalLink className="pc-button" href={polar}>
                  {lists.openInPolar}
                </ExternalLink>
              )}
            </div>
          )}
        </div>
      </div>
      <QuerySection query={query} thing={thing} rows={8} back={back}>
        {children}
      </QuerySection>
    </>
  )
}
