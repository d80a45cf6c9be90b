/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions --
   a narrow screen lays the table out as a grid or as blocks, and browsers then forget what it is; what
   scrolls must be reachable by keys; a press on a row is a larger target for its link, which keys reach
   by itself */
/**
 * Rows of data as a table. On a narrow screen some columns become the second lines of others. On a
 * phone each row is a stack with labels. The first column names the row and may have a link: then the
 * whole row is the link.
 */
import { useId, type CSSProperties, type MouseEvent, type ReactNode, type Ref } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from './icon.tsx'

export interface Column<Row> {
  readonly title: string
  cell(row: Row): ReactNode
  /** Aligned at the end of its column, digit below digit. */
  readonly number?: boolean
  /** Polar's name for sorting by it. Without it there is no sorting. */
  readonly sort?: string
  /** The first click sorts the largest or the newest first. */
  readonly descending?: boolean
  /** The title of the column that has it as a second line, if there is no room for both. */
  readonly under?: string
  /** The actions of the row. Its title is for screen readers. */
  readonly actions?: boolean
}

export interface Sorting {
  readonly sort: string
  readonly onSort: (sort: string) => void
  /** A way to sort that has no column. */
  readonly unseen?: { readonly title: string; readonly sort: string } | undefined
}

interface DataTableProps<Row> {
  readonly ref?: Ref<HTMLDivElement>
  /** The name of the region that scrolls: `Orders table`. */
  readonly label: string
  readonly caption: string
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly rows: readonly Row[]
  readonly sorting?: Sorting
  /** Called with the row whose link is followed, before it is. */
  readonly onFollow?: (id: string) => void
}

export function DataTable<Row extends { readonly id: string }>(
  props: DataTableProps<Row>,
): ReactNode {
  const { ref, label, caption, columns, rows, sorting, onFollow } = props
  const [first, ...others] = columns
  const places = placesOf(columns)
  const count = { '--columns': Math.max(...places.values()) } as CSSProperties
  return (
    <>
      {sorting && <SortBy columns={columns} {...sorting} />}
      <div ref={ref} className="pc-table-scroll" role="region" aria-label={label} tabIndex={0}>
        <table className="pc-table pc-table--rows" role="table" style={count}>
          <caption className="pc-visually-hidden">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <Head
                  key={column.title}
                  column={column}
                  columns={columns}
                  place={places.get(column.title)}
                  {...(sorting && { sorting })}
                />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr
                key={row.id}
                role="row"
                data-id={row.id}
                onClickCapture={() => onFollow?.(row.id)}
                onClick={followRow}
                onAuxClick={followRow}
              >
                <th role="rowheader" scope="row" className={classOf(first, columns)}>
                  {first.cell(row)}
                </th>
                {others.map((column) => (
                  <td
                    key={column.title}
                    role="cell"
                    className={classOf(column, columns)}
                    style={{ gridColumn: places.get(column.title) }}
                  >
                    {!column.actions && <span className="pc-cell-label">{column.title}</span>}
                    <span translate={column.number ? 'no' : undefined}>{column.cell(row)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** The column of the narrow table for each, by title: 1 is the first. */
function placesOf<Row>(columns: readonly Column<Row>[]): ReadonlyMap<string, number> {
  const titles = new Set(columns.map(({ title }) => title))
  const places = new Map<string, number>()
  // A column whose first line is hidden has a place of its own.
  const isSecond = ({ under }: Column<Row>) => under !== undefined && titles.has(under)
  for (const column of columns) if (!isSecond(column)) places.set(column.title, places.size + 1)
  for (const { title, under = '' } of columns) {
    if (!places.has(title)) places.set(title, places.get(under) ?? 1)
  }
  return places
}

/** Not a control inside the row, and not the end of a text selection. */
function followRow(event: MouseEvent<HTMLTableRowElement>): void {
  const { target, currentTarget, button, ctrlKey, metaKey, shiftKey } = event
  const link = currentTarget.querySelector<HTMLAnchorElement>('th a')
  const own = 'a, button, input, select, textarea, label, summary, [popover], dialog'
  if (link === null || !(target instanceof Element) || target.closest(own)) return
  if (button > 1 || !getSelection()?.isCollapsed) return
  if (button === 1 || ctrlKey || metaKey || shiftKey) window.open(link.href, '_blank', 'noopener')
  else link.click()
}

interface SortByProps<Row> extends Sorting {
  readonly columns: readonly Column<Row>[]
}

/** Every way to sort, since not every column has a head. */
function SortBy<Row>({ columns, sort, onSort, unseen }: SortByProps<Row>): ReactNode {
  const { lists } = useMessages()
  const id = useId()
  const shown: readonly Pick<Column<Row>, 'title' | 'sort' | 'descending'>[] = columns
  const sortable = [...(unseen ? [{ ...unseen, descending: true }] : []), ...shown].filter(
    (column) => column.sort !== undefined,
  )
  if (sortable.length === 0) return null
  // The order may come from another page, and have no name here.
  const known = sortable.some((column) => column.sort === sort.replace(/^-/, ''))
  return (
    <div className="pc-sort-by">
      <label htmlFor={id}>{lists.sortBy}</label>
      <select
        id={id}
        className="pc-input"
        value={known ? sort : ''}
        onChange={({ target }) => onSort(target.value)}
      >
        {!known && <option value="">–</option>}
        {sortable.flatMap(({ title, sort: key = '', descending = false }) => {
          const ways = [
            { value: key, name: lists.sortAscending(title) },
            { value: `-${key}`, name: lists.sortDescending(title) },
          ]
          return (descending ? ways.toReversed() : ways).map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))
        })}
      </select>
    </div>
  )
}

interface HeadProps<Row> {
  readonly column: Column<Row>
  readonly columns: readonly Column<Row>[]
  readonly place: number | undefined
  readonly sorting?: Sorting
}

function Head<Row>({ column, columns, place, sorting }: HeadProps<Row>): ReactNode {
  const { title, sort: key, descending = false, actions } = column
  const shared = {
    role: 'columnheader',
    scope: 'col',
    className: classOf(column, columns),
    style: { gridColumn: place },
  }
  if (sorting === undefined || key === undefined) {
    return (
      <th {...shared}>
        <span className={actions ? 'pc-visually-hidden' : undefined}>{title}</span>
      </th>
    )
  }
  const order = decideOrder(sorting.sort, key)
  const next = order === 'none' ? descending : order === 'ascending'
  return (
    <th {...shared} aria-sort={order}>
      <button type="button" onClick={() => sorting.onSort(`${next ? '-' : ''}${key}`)}>
        <span>{title}</span>
        <Icon name={order === 'none' ? 'sortable' : order} size={14} />
      </button>
    </th>
  )
}

function decideOrder(sort: string, key: string): 'ascending' | 'descending' | 'none' {
  if (sort === key) return 'ascending'
  return sort === `-${key}` ? 'descending' : 'none'
}

/** @param columns all of them, for a cell that may share its place with a second line. */
function classOf<Row>(
  { title, number, under, actions }: Column<Row>,
  columns: readonly Column<Row>[],
): string | undefined {
  const names = [
    number && 'pc-number',
    columns.some((other) => other.title === under) && 'pc-second',
    columns.some((other) => other.title === under && other.number) && 'pc-second--end',
    columns.find((other) => under !== undefined && other.under === under)?.title !== title &&
      under !== undefined &&
      'pc-third',
    columns.some((other) => other.under === title) && 'pc-first-of-two',
    actions && 'pc-row-actions',
  ]
  return names.filter(Boolean).join(' ') || undefined
}
