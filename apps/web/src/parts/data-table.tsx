/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions --
   a phone lays the table out as blocks, and browsers then forget what it is; what scrolls must be
   reachable by keys; a press on a row is a larger target for its link, which keys reach by itself */
/**
 * Rows of data as a table, which on a phone is a stack of rows with their labels. The first column
 * names the row. If it is a link, a click anywhere in the row follows it.
 */
import type { MouseEvent, ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface Column<Row> {
  readonly title: string
  cell(row: Row): ReactNode
  /** Stands at the end of its column, digit below digit. */
  readonly number?: boolean
  /** Polar's name for sorting by it; without it there is no sorting. */
  readonly sort?: string
  /** The largest or the newest first, when it is chosen. */
  readonly descending?: boolean
  /** The least important: a screen between phone and desktop leaves it to the details. */
  readonly extra?: boolean
  /** Only where there is room for it: elsewhere another column says the same. */
  readonly wide?: boolean
  /** What there is to do with the row; its title is for those who listen. */
  readonly actions?: boolean
}

export interface Sorting {
  readonly sort: string
  readonly onSort: (sort: string) => void
}

interface DataTableProps<Row> {
  /** Of the region that scrolls: `Orders table`. */
  readonly label: string
  readonly caption: string
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly rows: readonly Row[]
  readonly sorting?: Sorting
}

export function DataTable<Row extends { readonly id: string }>(
  props: DataTableProps<Row>,
): ReactNode {
  const { label, caption, columns, rows, sorting } = props
  const [first, ...others] = columns
  return (
    <div className="pc-table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="pc-table" role="table">
        <caption className="pc-visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.title} column={column} {...(sorting && { sorting })} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.id} role="row" onClick={followRow} onAuxClick={followRow}>
              <th role="rowheader" scope="row">
                {first.cell(row)}
              </th>
              {others.map((column) => (
                <td key={column.title} role="cell" className={classOf(column)}>
                  {!column.actions && (
                    <span className="pc-cell-label" aria-hidden="true">
                      {column.title}
                    </span>
                  )}
                  <span>{column.cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Not what has a use of its own, and not the end of a selection of text. */
function followRow(event: MouseEvent<HTMLTableRowElement>): void {
  const { target, currentTarget, button, ctrlKey, metaKey, shiftKey } = event
  const link = currentTarget.querySelector<HTMLAnchorElement>('th a')
  const own = 'a, button, input, select, textarea, label, summary, [popover], dialog'
  if (link === null || !(target instanceof Element) || target.closest(own)) return
  if (button > 1 || !getSelection()?.isCollapsed) return
  if (button === 1 || ctrlKey || metaKey || shiftKey) window.open(link.href, '_blank', 'noopener')
  else link.click()
}

interface HeadProps<Row> {
  readonly column: Column<Row>
  readonly sorting?: Sorting
}

function Head<Row>({ column, sorting }: HeadProps<Row>): ReactNode {
  const { title, sort: key, descending = false, actions } = column
  if (sorting === undefined || key === undefined) {
    return (
      <th role="columnheader" scope="col" className={classOf(column)}>
        <span className={actions ? 'pc-visually-hidden' : undefined}>{title}</span>
      </th>
    )
  }
  const order = decideOrder(sorting.sort, key)
  const next = order === 'none' ? descending : order === 'ascending'
  return (
    <th role="columnheader" scope="col" className={classOf(column)} aria-sort={order}>
      <button type="button" onClick={() => sorting.onSort(`${next ? '-' : ''}${key}`)}>
        {title}
        <Icon name={order === 'none' ? 'sortable' : order} size={14} />
      </button>
    </th>
  )
}

function decideOrder(sort: string, key: string): 'ascending' | 'descending' | 'none' {
  if (sort === key) return 'ascending'
  return sort === `-${key}` ? 'descending' : 'none'
}

function classOf<Row>({ number, extra, wide, actions }: Column<Row>): string | undefined {
  const names = [
    number && 'pc-number',
    extra && 'pc-extra',
    wide && 'pc-wide',
    actions && 'pc-row-actions',
  ]
  return names.filter(Boolean).join(' ') || undefined
}
