/** Customers: the people who bought. */
import type { models } from '@polar-sh/sdk/2026-10'
import { customerName } from '../data/customer-name.ts'
import { formatAddress } from '../format/address.ts'
import { formatCountry } from '../format/country.ts'
import { wordFor } from '../format/words.ts'
import { CopiedId } from '../parts/copied-id.tsx'
import { Fact } from '../parts/fact.tsx'
import { Link } from '../parts/link.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'
import { BeginSelling } from './checkout-links/create-checkout-link.tsx'
import { CustomerSales } from './customers/customer-sales.tsx'
import type { Resource } from './resource.ts'

export const customers: Resource<models.Customer> = {
  name: 'customers',
  search: 'records',
  sortable: ['name', 'email', 'created_at'],
  defaultSort: '-created_at',
  filters: {},
  list: (polar, { search, sort }, asked) =>
    polar.customers.list({
      ...asked,
      sorting: [sort as models.CustomerSortProperty],
      ...(search !== '' && { query: search }),
    }),
  get: (polar, id) => polar.customers.get(id),
  columns: ({ messages, locale, from }) => {
    const { columns } = messages.customers
    return [
      {
        title: columns.customer,
        sort: 'name',
        cell: (customer) => (
          <Link to={`/dashboard/customers/${customer.id}`} state={from}>
            <bdi>{customerName(customer)}</bdi>
          </Link>
        ),
      },
      {
        title: columns.email,
        sort: 'email',
        under: columns.customer,
        cell: ({ email }) => email ?? <NotProvided />,
      },
      {
        title: columns.country,
        cell: ({ billing_address: address }) =>
          address ? formatCountry(address.country, locale) : <NotProvided />,
      },
      {
        title: columns.created,
        sort: 'created_at',
        descending: true,
        cell: (customer) => <Time iso={customer.created_at} form="day" />,
      },
    ]
  },
  file: ({ customers: words }) => [
    { title: words.columns.customer, cell: customerName },
    { title: words.columns.email, cell: ({ email }) => email },
    { title: words.columns.country, cell: ({ billing_address: address }) => address?.country },
    { title: words.columns.created, cell: ({ created_at: moment }) => moment },
    { title: words.type, cell: ({ type }) => wordFor(words.types, type) },
    { title: words.externalId, cell: ({ external_id: id }) => id },
    { title: words.id, cell: ({ id }) => id },
  ],
  begin: <BeginSelling />,
  details: {
    thing: ({ customers: words }) => words.one,
    title: (customer, _, { customers: words }) =>
      customer ? customerName(customer) : words.columns.customer,
    polarPath: (id) => `/customers/${id}`,
    facts: (customer, { messages: { customers: words, things }, locale }) => {
      const { name, email, billing_address: address, external_id: externalId } = customer
      return (
        <>
          <Fact name={words.name}>{name ? <bdi>{name}</bdi> : <NotProvided />}</Fact>
          <Fact name={words.columns.email}>{email ?? <NotProvided />}</Fact>
          <Fact name={words.type}>{wordFor(words.types, customer.type)}</Fact>
          <Fact name={words.columns.country}>
            {address ? formatCountry(address.country, locale) : <NotProvided />}
          </Fact>
          <Fact name={words.address}>
            {address ? <bdi>{formatAddress(address, locale)}</bdi> : <NotProvided />}
          </Fact>
          <Fact name={words.columns.created}>
            <Time iso={customer.created_at} form="full" />
          </Fact>
          <Fact name={words.externalId}>
            {externalId ? <code translate="no">{externalId}</code> : <NotProvided />}
          </Fact>
          <Fact name={words.id}>
            <CopiedId thing={things.customerId} value={customer.id} />
          </Fact>
        </>
      )
    },
    sections: ({ id }) => <CustomerSales id={id} />,
  },
}
