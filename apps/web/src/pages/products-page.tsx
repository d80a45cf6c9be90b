/** All products, a page at a time; the address says which. */
import { useEffect, useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { PAGE_SIZE, useProducts } from '../data/use-products.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { useAnnouncer } from '../shell/announcer.tsx'
import { QuerySection } from '../states/query-section.tsx'
import { Pagination } from './pagination.tsx'
import { ProductTable } from './product-table.tsx'
import { ProductsEmpty } from './products-empty.tsx'

export function ProductsPage(): ReactNode {
  const { pages: names, products: words } = useMessages()
  const { say } = useAnnouncer()
  const [address, setAddress] = useSearchParams()
  const page = toPage(address.get('page'))
  const query = useProducts(page)
  const { data, isPlaceholderData } = query
  // A page that fails keeps the way back to the others.
  const [pages, setPages] = useState(1)
  if (data !== undefined && data.pagination.max_page !== pages) setPages(data.pagination.max_page)
  useEffect(() => {
    if (data === undefined || isPlaceholderData) return
    say(words.loaded(data.items.length, data.pagination.total_count))
  }, [data, isPlaceholderData, say, words])

  function turn(next: number): void {
    setAddress((before) => {
      const after = new URLSearchParams(before)
      if (next === 1) after.delete('page')
      else after.set('page', String(next))
      return after
    })
  }

  return (
    <>
      <PageHeading title={names.products}>
        {data && <p>{words.count(data.pagination.total_count)}</p>}
      </PageHeading>
      <QuerySection query={query} thing={words.thing} rows={PAGE_SIZE / 2}>
        {({ items, pagination }) =>
          pagination.total_count === 0 ? <ProductsEmpty /> : <ProductTable products={items} />
        }
      </QuerySection>
      {(pages > 1 || page > 1) && <Pagination page={page} pages={pages} onTurn={turn} />}
    </>
  )
}

/** A page number that somebody may have typed. */
export function toPage(value: string | null): number {
  return value !== null && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1
}
