/** A list of records: their number, a search, filters, the table, and pages. */
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useListAddress, type ListAddress, type ListRules } from '../data/list-address.ts'
import type { Identified, ListPage } from '../data/list-page.ts'
import { useOrganizations } from '../data/organizations.tsx'
import { useCustomerSearch } from '../data/use-customer-search.ts'
import { isRefused, type KeptQuery } from '../data/use-kept-query.ts'
import { isCalendarDay } from '../format/calendar-day.ts'
import { UUID } from '../format/id.ts'
import type { Messages } from '../messages/en.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../parts/announcer.tsx'
import { DataTable, type Column } from '../parts/data-table.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { Pagination } from '../parts/pagination.tsx'
import { Refresh } from '../parts/refresh.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { NoMatches } from '../states/no-matches.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { ExportButton } from './export-button.tsx'
import { ListFilters } from './list-filters.tsx'
import { OrganizationName, ownerOf } from './organization-name.tsx'
import type { Resource, ResourceWords } from './resource.ts'
import { addressOf, type ScreenProps } from './table.ts'
import { useReturn, useTurns } from './use-list-focus.ts'
import { useRecords } from './use-resource.ts'
import { useView } from './use-view.ts'

export function ListScreen({ row, resource }: ScreenProps): ReactNode {
  const messages = useMessages()
  const words: ResourceWords = messages[resource.name]
  const navigate = useNavigate()
  const address = useListAddress(toRules(resource))
  const { change } = address
  const hint = useSearchHint(resource)
  // A list without a search ignores one in the address.
  const asked = hint === undefined ? { ...address.query, search: '' } : address.query
  const records = useRecords(resource, { query: asked, ahead: true })
  const view = useView(row)
  const { data } = records
  const pagination = data?.pagination
  const isEmpty = pagination?.total_count === 0
  const pages = usePages(records)
  const table = useRef<HTMLDivElement>(null)
  const turn = useTurns(records, table, (page) => change({ page }))
  const follow = useReturn(records, table)
  useSpoken(records, words, address.narrowed)
  useLastPage(address, records.isPlaceholderData ? undefined : pagination?.max_page)

  const { all, chosen } = useOrganizations()
  const showsOwner = all !== undefined && all.length > 1 && chosen === undefined
  const searching = asked.search !== '' && (data === undefined || records.isPlaceholderData)
  const counted = pagination === undefined ? '\u00a0' : words.count(pagination.total_count)

  function openOnly(): void {
    const [only, ...others] = data?.items ?? []
    if (!row.details || records.isPlaceholderData || only === undefined || others.length > 0) return
    void navigate(addressOf(row, only.id), { state: view.from })
  }

  return (
    <>
      <div className="pc-page-head">
        <PageHeading title={words.title}>
          <p>{searching && records.isFetching ? messages.lists.searching : counted}</p>
        </PageHeading>
        {!isRefused(records.error) && (
          <div className="pc-actions">
            <Refresh />
            {resource.file && !isEmpty && (
              <ExportButton
                resource={resource}
                query={asked}
                columns={resource.file(messages)}
                name={row.path}
              />
            )}
            {!isEmpty && resource.action}
          </div>
        )}
      </div>
      {!isRefused(records.error) && (
        <ListFilters
          resource={resource}
          query={asked}
          hint={hint}
          isReady={data !== undefined}
          change={change}
          onEnter={openOnly}
        />
      )}
      {data?.note !== undefined && <p>{messages.lists.notes[data.note](words.thing)}</p>}
      <QuerySection query={records} thing={words.thing} rows={asked.rows}>
        {({ items }) =>
          items.length > 0 || !isEmpty ? (
            <DataTable
              ref={table}
              onFollow={follow}
              label={
                asked.page > 1 && pages !== undefined
                  ? messages.pagination.turned(words.table, asked.page, pages)
                  : words.table
              }
              caption={words.title}
              columns={withOrganization(resource.columns(view), messages, showsOwner)}
              rows={items}
              sorting={{
                sort: asked.sort,
                onSort: (sort) => change({ sort }),
                unseen: resource.unseenSort?.(messages),
              }}
            />
          ) : address.narrowed ? (
            <NoMatches things={words.thing} search={asked.search} onClear={address.clear} />
          ) : (
            <EmptyState title={words.empty} text={words.emptyText}>
              {resource.begin}
            </EmptyState>
          )
        }
      </QuerySection>
      {/* A page that fails keeps the way back to the others. */}
      {(pages !== undefined || records.isError) && (asked.page > 1 || (pages ?? 1) > 1) && (
        <Pagination
          page={asked.page}
          pages={pages ?? asked.page}
          onTurn={turn}
          rows={asked.rows}
          onRows={(rows) => change({ rows })}
        />
      )}
    </>
  )
}

/** The organization of each row, if there are several. The row, its product or its customer names it. */
function withOrganization(
  columns: readonly [Column<Identified>, ...Column<Identified>[]],
  { organizations: words }: Messages,
  shown: boolean,
): typeof columns {
  const [first, ...others] = columns
  if (!shown) return columns
  const cell = (item: Identified) => <OrganizationName id={ownerOf(item)} />
  return [first, { title: words.label, under: first.title, cell }, ...others]
}

function toRules({ sortable, defaultSort, filters }: Resource<Identified>): ListRules {
  const rules = Object.entries(filters).flatMap(([name, filter]) => {
    switch (filter.kind) {
      case 'choice':
        return [[name, (value: string) => filter.values.includes(value)] as const]
      case 'flag':
        return [[name, (value: string) => value === '1'] as const]
      case 'product':
      case 'customer':
        return [[name, (value: string) => UUID.test(value)] as const]
      case 'dates':
        return [['from', isCalendarDay] as const, ['to', isCalendarDay] as const]
    }
  })
  return { sortable, defaultSort, filters: Object.fromEntries(rules) }
}

/** What a search looks at. Undefined without a search, or without the permission for it. */
function useSearchHint({ name, search, find }: Resource<Identified>): string | undefined {
  const messages = useMessages()
  const { searchHint, searchHintAlone }: ResourceWords = messages[name]
  const { allowed } = useCustomerSearch('')
  if (search !== 'customers' || allowed) return searchHint
  return find === undefined ? undefined : searchHintAlone
}

/** The number of pages. If a page fails, the number stays. */
function usePages({ data }: KeptQuery<ListPage<unknown>>): number | undefined {
  const [last, setLast] = useState<number>()
  if (data !== undefined && data.pagination.max_page !== last) setLast(data.pagination.max_page)
  return last
}

/** Announces the result, once for each answer. */
function useSpoken(
  query: KeptQuery<ListPage<unknown>>,
  words: ResourceWords,
  narrowed: boolean,
): void {
  const { lists } = useMessages()
  const { say } = useAnnouncer()
  const { data, isPlaceholderData } = query
  useEffect(() => {
    if (data === undefined || isPlaceholderData) return
    const { total_count: all } = data.pagination
    say(all === 0 && narrowed ? lists.noMatches : words.loaded(data.items.length, all))
  }, [data, isPlaceholderData, lists, narrowed, say, words])
}

/** An address may name a page past the end. Then the last one is shown, with its number. */
function useLastPage({ query, change }: ListAddress, last: number | undefined): void {
  const beyond = last !== undefined && last > 0 && query.page > last
  const goBack = useEffectEvent(() => change({ page: last ?? 1 }, { replace: true }))
  useEffect(() => {
    if (beyond) goBack()
  }, [beyond])
}
