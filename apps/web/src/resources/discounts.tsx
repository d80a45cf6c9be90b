/** Discounts: codes that make a purchase cheaper. */
import type { models } from '@polar-sh/sdk/2026-10'
import type { ReactNode } from 'react'
import { usePolarDashboard } from '../data/polar-dashboard.ts'
import { formatMoney } from '../format/money.ts'
import { useMessages } from '../messages/use-messages.ts'
import { CopiedId } from '../parts/copied-id.tsx'
import { ExternalLink } from '../parts/external-link.tsx'
import { Fact } from '../parts/fact.tsx'
import { Link } from '../parts/link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import type { Resource } from './resource.ts'

export const discounts: Resource<models.Discount> = {
  name: 'discounts',
  search: 'records',
  sortable: ['name', 'code', 'redemptions_count', 'ends_at', 'created_at'],
  defaultSort: '-created_at',
  unseenSort: ({ discounts: words }) => ({ title: words.created, sort: 'created_at' }),
  filters: {},
  list: (polar, { search, sort }, asked) =>
    polar.discounts.list({
      ...asked,
      sorting: [sort as models.DiscountSortProperty],
      ...(search !== '' && { query: search }),
    }),
  get: (polar, id) => polar.discounts.get(id),
  columns: ({ messages: { discounts: words }, locale, from }) => {
    const { columns } = words
    return [
      {
        title: columns.discount,
        sort: 'name',
        cell: ({ id, name }) => (
          <Link to={`/dashboard/discounts/${id}`} state={from}>
            <bdi>{name}</bdi>
          </Link>
        ),
      },
      { title: columns.code, sort: 'code', cell: ({ code }) => <Code code={code} /> },
      { title: columns.amount, number: true, cell: (discount) => amountOf(discount, locale) },
      {
        title: columns.used,
        sort: 'redemptions_count',
        number: true,
        descending: true,
        cell: ({ redemptions_count: used, max_redemptions: most }) =>
          most === null ? used : words.usedOf(used, most),
      },
      { title: columns.ends, sort: 'ends_at', cell: ({ ends_at: iso }) => <Moment iso={iso} /> },
    ]
  },
  begin: <CreateDiscount />,
  details: {
    thing: ({ discounts: words }) => words.one,
    title: (discount, _, { discounts: words }) => discount?.name ?? words.columns.discount,
    polarPath: () => '/products/discounts',
    facts: (discount, { messages: { discounts: words, metrics, list }, locale }) => {
      const { products, redemptions_count: used, max_redemptions: most } = discount
      const names = list(products.map(({ name }) => name))
      return (
        <>
          <Fact name={words.columns.code}>
            <Code code={discount.code} />
          </Fact>
          <Fact name={words.columns.amount}>{amountOf(discount, locale)}</Fact>
          <Fact name={words.columns.used}>{most === null ? used : words.usedOf(used, most)}</Fact>
          <Fact name={words.products}>
            <bdi>{names || metrics.allProducts}</bdi>
          </Fact>
          <Fact name={words.starts}>
            <Moment iso={discount.starts_at} />
          </Fact>
          <Fact name={words.columns.ends}>
            <Moment iso={discount.ends_at} />
          </Fact>
          <Fact name={words.created}>
            <Time iso={discount.created_at} form="full" />
          </Fact>
          <Fact name={words.id}>
            <CopiedId thing={words.idThing} value={discount.id} />
          </Fact>
        </>
      )
    },
  },
}

function amountOf(discount: models.Discount, locale: string): string {
  if ('amount' in discount) return formatMoney(discount.amount, discount.currency, locale)
  const style = { style: 'percent', maximumFractionDigits: 2 } as const
  // A basis point is a hundredth of a percent.
  return new Intl.NumberFormat(locale, style).format(discount.basis_points / 10_000)
}

function Code({ code }: { readonly code: string | null }): ReactNode {
  return code === null ? <NotProvided /> : <code translate="no">{code}</code>
}

function Moment({ iso }: { readonly iso: string | null }): ReactNode {
  return iso === null ? <NotProvided /> : <Time iso={iso} form="full" />
}

function CreateDiscount(): ReactNode {
  const { create } = useMessages().discounts
  const polar = usePolarDashboard('/products/discounts')
  return (
    polar !== undefined && (
      <ExternalLink className="pc-button pc-button--primary" href={polar}>
        {create}
      </ExternalLink>
    )
  )
}
