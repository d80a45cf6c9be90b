/** A list of records: how many there are, a search, filters, the table, and pages. */
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useListAddress, UUID, type ListAddress, type ListRules } from '../data/list-address.ts'
import { MOST_CUSTOMERS, useCustomerSearch } from '../data/use-customer-search.ts'
import { isRefused, type KeptQuery } from '../data/use-kept-query.ts'
import { useMessages } from '../messages/use-messages.ts'
import { DataTable } from '../parts/data-table.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { Pagination } from '../parts/pagination.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { useAnnouncer } from '../shell/announcer.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { NoMatches } from '../states/no-matches.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { FilterControl } from './filter-control.tsx'
import type { Filter, Identified, ListPage, Resource, ResourceWords } from './resource.ts'
import type { ResourceRow } from './table.ts'
import { PAGE_SIZE, useRecords } from './use-resource.ts'
import { useView } from './use-view.ts'

interface ListScreenProps {
  readonly row: ResourceRow
  readonly resource: Resource<Identified>
}

export function ListScreen({ row, resource }: ListScreenProps): ReactNode {
  const messages = useMessages()
  const words: ResourceWords = messages[resource.name]
  const address = useListAddress(toRules(resource))
  const { query: asked, change } = address
  const records = useRecords(resource, { query: asked, ahead: true })
  const buyers = useCustomerSearch(resource.search === 'customers' ? asked.search : '')
  const view = useView(row)
  const pagination = records.data?.pagination
  const isEmpty = pagination?.total_count === 0
  const filters = Object.entries(resource.filters)
  const hint = useSearchHint(resource)
  const isSearchable = hint !== undefined && words.search !== undefined
  useSpoken(records, words, address.narrowed)
  useLastPage(address, records.isPlaceholderData ? undefined : pagination?.max_page)

  function turn(page: number): void {
    change({ page })
    scrollTo(0, 0)
  }

  return (
    <>
      <div className="pc-page-head">
        <PageHeading title={words.title}>
          <p>{pagination ? words.count(pagination.total_count) : '\u00a0'}</p>
        </PageHeading>
        {!isEmpty && resource.action}
      </div>
      {(isSearchable || filters.length > 0) && !isRefused(records.error) && (
        <div role="search" className="pc-filters">
          {isSearchable && (
            <SearchBox
              label={words.search}
              hint={hint}
              value={asked.search}
              onSearch={(search) => change({ search }, { replace: true })}
            />
          )}
          {filters.map(([name, filter]) => (
            <FilterControl
              key={name}
              filter={filter}
              value={asked.filters[name] ?? ''}
              isReady={records.data !== undefined}
              onChange={(value) => change({ filters: { [name]: value } })}
            />
          ))}
        </div>
      )}
      {buyers.found?.cut && <p>{messages.lists.manyCustomers(MOST_CUSTOMERS)}</p>}
      <QuerySection query={records} thing={words.thing} rows={PAGE_SIZE}>
        {({ items }) =>
          items.length > 0 || !isEmpty ? (
            <DataTable
              label={words.table}
              caption={words.title}
              columns={resource.columns(view)}
              rows={items}
              sorting={{ sort: asked.sort, onSort: (sort) => change({ sort }) }}
            />
          ) : address.narrowed ? (
            <NoMatches onClear={address.clear} />
          ) : (
            <EmptyState title={words.empty} text={words.emptyText}>
              {resource.begin}
            </EmptyState>
          )
        }
      </QuerySection>
      <PageTurner page={asked.page} query={records} onTurn={turn} />
    </>
  )
}

function toRules({ sortable, defaultSort, filters }: Resource<Identified>): ListRules {
  const allowed = ({ kind, ...filter }: Filter) =>
    kind === 'product' ? UUID : 'values' in filter ? filter.values : ['1']
  const entries = Object.entries(filters).map(([name, filter]) => [name, allowed(filter)] as const)
  return { sortable, defaultSort, filters: Object.fromEntries(entries) }
}

/** What a search looks at; undefined without one, or without the permission for it. */
function useSearchHint({ name, search }: Resource<Identified>): string | undefined {
  const messages = useMessages()
  const { allowed } = useCustomerSearch('')
  if (search === 'customers') return allowed ? messages.lists.byCustomer : undefined
  const { searchHint } = messages[name] as { readonly searchHint?: string }
  return search === 'records' ? searchHint : undefined
}

interface PageTurnerProps {
  readonly page: number
  readonly query: KeptQuery<ListPage<unknown>>
  readonly onTurn: (page: number) => void
}

/** A page that fails keeps the way back to the others. */
function PageTurner({ page, query, onTurn }: PageTurnerProps): ReactNode {
  const { data, isError } = query
  const [last, setLast] = useState<number>()
  if (data !== undefined && data.pagination.max_page !== last) setLast(data.pagination.max_page)
  if (last === undefined && !isError) return null
  const pages = last ?? page
  return (pages > 1 || page > 1) && <Pagination page={page} pages={pages} onTurn={onTurn} />
}

/** Says what came, once for each answer. */
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

/** An address may name a page past the end: then the last one is shown, and named. */
function useLastPage({ query, change }: ListAddress, last: number | undefined): void {
  const beyond = last !== undefined && last > 0 && query.page > last
  const goBack = useEffectEvent(() => change({ page: last ?? 1 }, { replace: true }))
  useEffect(() => {
    if (beyond) goBack()
  }, [beyond])
}
