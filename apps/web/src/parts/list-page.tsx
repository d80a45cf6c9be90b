/** What all lists of records have: how many there are, a search, filters, the table, and pages. */
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { ListAddress } from '../data/list-address.ts'
import { isRefused, type KeptQuery } from '../data/use-kept-query.ts'
import { PAGE_SIZE, type ListPage as Page } from '../data/use-pages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../shell/announcer.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { DataTable, type Column } from './data-table.tsx'
import { PageHeading } from './page-heading.tsx'
import { Pagination } from './pagination.tsx'
import { SearchBox } from './search-box.tsx'

interface ListWords {
  readonly count: (amount: number) => string
  readonly loaded: (shown: number, all: number) => string
  /** In the words of the page: `orders`. */
  readonly thing: string
  readonly table: string
  /** Of the search; without one there is nothing to look for. */
  readonly search?: string
}

interface ListPageProps<Row> {
  readonly title: string
  readonly words: ListWords
  readonly address: ListAddress
  readonly query: KeptQuery<Page<Row>>
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  /** What the search looks at; without it there is none. */
  readonly searchHint?: string
  readonly filters?: ReactNode
  /** What there is to do beside looking. */
  readonly action?: ReactNode
  readonly notice?: ReactNode
  /** Where nothing exists yet. */
  readonly empty: ReactNode
}

export function ListPage<Row extends { readonly id: string }>(
  props: ListPageProps<Row>,
): ReactNode {
  const { title, words, address, query, columns, searchHint, filters, notice, action, empty } =
    props
  const { query: asked, change } = address
  const pagination = query.data?.pagination
  const hasFilters = searchHint !== undefined || filters !== undefined
  useSpoken(query, words, address.narrowed)
  useLastPage(address, query.isPlaceholderData ? undefined : pagination?.max_page)

  function turn(page: number): void {
    change({ page })
    scrollTo(0, 0)
  }

  return (
    <>
      <div className="pc-page-head">
        <PageHeading title={title}>
          <p>{pagination ? words.count(pagination.total_count) : '\u00a0'}</p>
        </PageHeading>
        {action}
      </div>
      {hasFilters && !isRefused(query.error) && (
        <div role="search" className="pc-filters">
          {searchHint !== undefined && words.search !== undefined && (
            <SearchBox
              label={words.search}
              hint={searchHint}
              value={asked.search}
              onSearch={(search) => change({ search }, { replace: true })}
            />
          )}
          {filters}
        </div>
      )}
      {notice}
      <QuerySection query={query} thing={words.thing} rows={PAGE_SIZE}>
        {({ items, pagination: { total_count: all } }) =>
          all === 0 ? (
            <Nothing address={address} empty={empty} />
          ) : (
            <DataTable
              label={words.table}
              caption={title}
              columns={columns}
              rows={items}
              sorting={{ sort: asked.sort, onSort: (sort) => change({ sort }) }}
            />
          )
        }
      </QuerySection>
      <PageTurner page={asked.page} query={query} onTurn={turn} />
    </>
  )
}

interface NothingProps {
  readonly address: ListAddress
  readonly empty: ReactNode
}

function Nothing({ address, empty }: NothingProps): ReactNode {
  const { lists } = useMessages()
  if (!address.narrowed) return empty
  return (
    <EmptyState title={lists.noMatches} text={lists.noMatchesText}>
      <button type="button" className="pc-button" onClick={address.clear}>
        {lists.clearFilters}
      </button>
    </EmptyState>
  )
}

interface PageTurnerProps {
  readonly page: number
  readonly query: KeptQuery<Page<unknown>>
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
function useSpoken(query: KeptQuery<Page<unknown>>, words: ListWords, narrowed: boolean): void {
  const { lists } = useMessages()
  const { say } = useAnnouncer()
  const { data, isPlaceholderData } = query
  useEffect(() => {
    if (data === undefined || isPlaceholderData) return
    const { total_count: all } = data.pagination
    say(all === 0 && narrowed ? lists.noMatches : words.loaded(data.items.length, all))
  }, [data, isPlaceholderData, lists, narrowed, say, words])
}

/** An address may name a page past the end: the last one is shown, and named. */
function useLastPage({ query, change }: ListAddress, last: number | undefined): void {
  const beyond = last !== undefined && last > 0 && query.page > last
  const goBack = useEffectEvent(() => change({ page: last ?? 1 }, { replace: true }))
  useEffect(() => {
    if (beyond) goBack()
  }, [beyond])
}
