/** The best sellers in the period of the overview. */
import { useId, type ReactNode } from 'react'
import type { Figures } from '../../data/figures.ts'
import type { Period, Span } from '../../data/period.ts'
import { foldOthers, type Sold, type SoldIn } from '../../data/top-products.ts'
import { useTopProducts, type TopProducts as Answer } from '../../data/use-top-products.ts'
import { formatMoney } from '../../format/money.ts'
import type { Messages } from '../../messages/en.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { DataTable, type Column } from '../../parts/data-table.tsx'
import { Link } from '../../parts/link.tsx'
import { useNear } from '../../parts/use-near.ts'
import { QuerySection } from '../../states/query-section.tsx'

const MOST_ROWS = 5

interface TopProductsProps {
  readonly period: Period
  readonly span: Span
  /** The figures of the same period: sales of the products that were not picked are the rest. */
  readonly totals: Figures['totals'] | undefined
}

export function TopProducts({ period, span, totals }: TopProductsProps): ReactNode {
  const words = useMessages().overview.topProducts
  const heading = useId()
  const [section, near] = useNear<HTMLElement>()
  const query = useTopProducts(period, span, near)
  return (
    <section ref={section} className="pc-section pc-top-products" aria-labelledby={heading}>
      <div className="pc-section-head">
        <h2 id={heading}>{words.title}</h2>
        <Link to={`/dashboard/metrics?period=${period}`}>{words.more}</Link>
      </div>
      <QuerySection query={query} thing={words.thing} rows={MOST_ROWS + 1}>
        {(answer) => <Blocks answer={answer} totals={totals} />}
      </QuerySection>
    </section>
  )
}

interface BlocksProps {
  readonly answer: Answer
  readonly totals: Figures['totals'] | undefined
}

function Blocks({ answer: { sold, counted }, totals }: BlocksProps): ReactNode {
  const words = useMessages().overview.topProducts
  if (sold.every(({ products }) => products.length === 0)) {
    return <p className="pc-muted">{words.empty}</p>
  }
  return (
    <div className="pc-section">
      {sold.map(({ currency, products }) => (
        <Block
          key={currency}
          currency={currency}
          titled={sold.length > 1}
          {...(counted === 'all'
            ? foldOthers(products, MOST_ROWS)
            : { best: products, others: restOf(products, totals) })}
        />
      ))}
      <p className="pc-muted pc-small">{counted === 'all' ? words.exact : words.picked}</p>
    </div>
  )
}

type Others = Pick<Sold, 'orders' | 'revenue'>

function restOf(products: SoldIn['products'], totals: Figures['totals'] | undefined): Others {
  const { orders, revenue } = foldOthers(products, 0).others
  return {
    orders: Math.max(0, (totals?.orders ?? orders) - orders),
    revenue: Math.max(0, (totals?.revenue ?? revenue) - revenue),
  }
}

interface Row extends Omit<Sold, 'productId'> {
  readonly id: string
  readonly productId?: string | undefined
}

interface BlockProps {
  readonly currency: string
  /** Whether there are several, so that each needs its currency. */
  readonly titled: boolean
  readonly best: readonly Sold[]
  readonly others: Others
}

function Block({ currency, titled, best, others }: BlockProps): ReactNode {
  const words = useMessages().overview.topProducts
  const locale = useLocale()
  const rows: readonly Row[] = [
    ...best.map((each) => ({ ...each, id: each.productId ?? each.name })),
    ...(others.orders > 0 ? [{ ...others, id: 'others', name: words.other }] : []),
  ]
  const all = rows.reduce((sum, { revenue }) => sum + revenue, 0)
  const columns = columnsOf(words.columns, { currency, all, locale })
  const title = titled ? words.inCurrency(currency.toUpperCase()) : words.title
  return (
    <DataTable label={titled ? title : words.table} caption={title} columns={columns} rows={rows} />
  )
}

interface Shown {
  readonly currency: string
  /** The sum of all. */
  readonly all: number
  readonly locale: string
}

function columnsOf(
  titles: Messages['overview']['topProducts']['columns'],
  { currency, all, locale }: Shown,
): readonly [Column<Row>, ...Column<Row>[]] {
  return [
    { title: titles.product, cell: (row) => <ProductName {...row} /> },
    {
      title: titles.orders,
      number: true,
      cell: ({ orders }) => new Intl.NumberFormat(locale).format(orders),
    },
    {
      title: titles.revenue,
      number: true,
      cell: ({ revenue }) => formatMoney(revenue, currency, locale),
    },
    { title: titles.share, number: true, cell: ({ revenue }) => <Share of={revenue} all={all} /> },
  ]
}

function ProductName({ productId, name }: Pick<Row, 'productId' | 'name'>): ReactNode {
  if (productId === undefined) return <bdi>{name}</bdi>
  return (
    <Link to={`/dashboard/products/${productId}`}>
      <bdi>{name}</bdi>
    </Link>
  )
}

function Share({ of, all }: { readonly of: number; readonly all: number }): ReactNode {
  const share = all > 0 ? Math.max(0, of / all) : 0
  const style = { style: 'percent', maximumFractionDigits: 0 } as const
  return (
    <span className="pc-share" translate="no">
      <span aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      {new Intl.NumberFormat(useLocale(), style).format(share)}
    </span>
  )
}
