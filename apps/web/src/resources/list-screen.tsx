/** What all lists of records have: how many there are, a search, filters, the table, and pages. */
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { ListAddress } from '../data/list-address.ts'
import { isRefused, type KeptQuery } from '../data/use-kept-query.ts'
import { PAGE_SIZE, type ListPage as Page } from './use-resource.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAnnouncer } from '../shell/announcer.tsx'
import { EmptyState } from '../states/empty-state.tsx'
import { NoMatches } from '../states/no-matches.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { DataTable, type Column } from '../parts/data-table.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { Pagination } from '../parts/pagination.tsx'
import { SearchBox } from '../parts/search-box.tsx'

/** The lists there are, as their words and the names of their pages are found. */
type ListName = 'products' | 'orders' | 'customers' | 'subscriptions' | 'checkoutLinks'

interface ListWords {
  readonly count: (amount: number) => string
  readonly loaded: (shown: number, all: number) => string
  /** In the words of the page: `orders`. */
  readonly thing: string
  readonly table: string
  /** Of the search; without one there is nothing to look for. */
  readonly search?: string
  /** Where nothing exists yet. */
  readonly empty: string
  readonly emptyText: string
}

interface ListPageProps<Row> {
  readonly list: ListName
  readonly address: ListAddress
  readonly query: KeptQuery<Page<Row>>
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  /** What the search looks at; without it there is none. */
  readonly searchHint?: string
  readonly filters?: ReactNode
  /** What there is to do beside looking. */
  readonly action?: ReactNode
  readonly notice?: ReactNode
  /** What there is to do where nothing exists yet. */
  readonly begin: ReactNode
}

export function ListPage<Row extends { readonly id: string }>(
  props: ListPageProps<Row>,
): ReactNode {
  const { list, address, query, columns, searchHint, filters, notice, action, begin } = props
  const messages = useMessages()
  const title = messages.pages[list]
  const words: ListWords = messages[list]
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
            <Nothing address={address} words={words} begin={begin} />
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
  readonly words: ListWords
  readonly begin: ReactNode
}

function Nothing({ address, words, begin }: NothingProps): ReactNode {
  if (address.narrowed) return <NoMatches onClear={address.clear} />
  return (
    <EmptyState title={words.empty} text={words.emptyText}>
      {begin}
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
