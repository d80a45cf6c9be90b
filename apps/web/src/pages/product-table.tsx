/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-tabindex --
   a phone lays the table out as blocks, and browsers then forget what it is; what scrolls must be reachable by keys */
/** Products as a table, which on a phone is a stack of rows with their labels. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { describePrice, describeType } from '../format/price.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import { Time } from '../parts/time.tsx'

interface ProductTableProps {
  readonly products: readonly models.Product[]
}

export function ProductTable({ products }: ProductTableProps): ReactNode {
  const { pages, products: words } = useMessages()
  const { columns } = words
  // Explicit roles: a phone's layout takes them away from a table.
  return (
    <div className="pc-table-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="pc-table" role="table">
        <caption className="pc-visually-hidden">{pages.products}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <Head>{columns.product}</Head>
            <Head number>{columns.price}</Head>
            <Head>{columns.type}</Head>
            <Head>{columns.status}</Head>
            <Head>{columns.created}</Head>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {products.map((product) => (
            <ProductRow key={product.id} product={product} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ProductRow({ product }: { readonly product: models.Product }): ReactNode {
  const messages = useMessages()
  const locale = useLocale()
  const { columns, active, archived } = messages.products
  const price = describePrice(product, messages, locale)
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <bdi>{product.name}</bdi>
      </th>
      <Cell label={columns.price} number>
        {price ?? <NotProvided />}
      </Cell>
      <Cell label={columns.type}>{describeType(product, messages)}</Cell>
      <Cell label={columns.status}>
        <span className={product.is_archived ? 'pc-badge' : 'pc-badge pc-badge--success'}>
          {product.is_archived ? archived : active}
        </span>
      </Cell>
      <Cell label={columns.created}>
        <Time iso={product.created_at} />
      </Cell>
    </tr>
  )
}

function Head({ number, children }: { readonly number?: boolean; readonly children: string }) {
  return (
    <th role="columnheader" scope="col" className={number ? 'pc-number' : undefined}>
      {children}
    </th>
  )
}

interface CellProps {
  readonly label: string
  readonly number?: boolean
  readonly children: ReactNode
}

function Cell({ label, number, children }: CellProps): ReactNode {
  return (
    <td role="cell" className={number ? 'pc-number' : undefined}>
      <span className="pc-cell-label" aria-hidden="true">
        {label}
      </span>
      <span>{children}</span>
    </td>
  )
}

export function NotProvided(): ReactNode {
  const { notProvided } = useMessages()
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="pc-visually-hidden">{notProvided}</span>
    </>
  )
}
