/** The newest records of a kind, as a part of another page. */
import { useId, type ReactNode } from 'react'
import type { Identified } from '../data/list-page.ts'
import { useMessages } from '../messages/use-messages.ts'
import { DataTable } from '../parts/data-table.tsx'
import { QuerySection } from '../states/query-section.tsx'
import type { Resource } from './resource.ts'
import { useRecords } from './use-resource.ts'
import { useView } from './use-view.ts'

interface RecordsSectionProps<Item extends Identified> {
  readonly title: string
  /** A link to all of them. */
  readonly link?: ReactNode
  /** Accessible name of the table. */
  readonly label: string
  readonly resource: Resource<Item>
  readonly limit: number
  /** Of this customer alone. */
  readonly customerId?: string
  /** The column to leave out, by what it sorts by: here each row has the same value. */
  readonly without?: string
  readonly empty: ReactNode
  /** A note on the rows. */
  readonly children?: (items: readonly Item[]) => ReactNode
}

export function RecordsSection<Item extends Identified>(
  props: RecordsSectionProps<Item>,
): ReactNode {
  const { title, link, label, resource, limit, customerId, without, empty, children } = props
  const messages = useMessages()
  const heading = useId()
  const query = useRecords(resource, {
    query: { rows: limit },
    ...(customerId !== undefined && { customerId }),
  })
  const columns = resource.columns(useView())
  const [first = columns[0], ...others] = columns.filter(
    ({ sort }) => sort === undefined || sort !== without,
  )
  return (
    <section className="pc-section" aria-labelledby={heading}>
      <div className="pc-section-head">
        <h2 id={heading}>{title}</h2>
        {query.data?.items.length !== 0 && link}
      </div>
      <QuerySection query={query} thing={messages[resource.name].thing} rows={Math.min(limit, 5)}>
        {({ items }) =>
          items.length === 0 ? (
            empty
          ) : (
            <div className="pc-section">
              <DataTable label={label} caption={title} columns={[first, ...others]} rows={items} />
              {children?.(items)}
            </div>
          )
        }
      </QuerySection>
    </section>
  )
}
