/** Customers as columns. */
import type { models } from '@polar-sh/sdk/2026-10'
import { Link, useLocation } from 'react-router'
import { customerName } from '../data/customer-name.ts'
import { formatCountry } from '../format/country.ts'
import { useLocale, useMessages } from '../messages/use-messages.ts'
import type { Column } from '../parts/data-table.tsx'
import { NotProvided } from '../parts/not-provided.tsx'
import { Time } from '../parts/time.tsx'

export function useCustomerColumns(): readonly [
  Column<models.Customer>,
  ...Column<models.Customer>[],
] {
  const { columns } = useMessages().customers
  const locale = useLocale()
  const { search } = useLocation()
  return [
    {
      title: columns.customer,
      sort: 'name',
      cell: (customer) => (
        <div className="pc-who-cell">
          <Link to={`/dashboard/customers/${customer.id}`} state={{ list: search }}>
            <bdi>{customerName(customer)}</bdi>
          </Link>
          {customer.email !== customerName(customer) && (
            <span className="pc-who-cell__email">{customer.email}</span>
          )}
        </div>
      ),
    },
    {
      title: columns.email,
      sort: 'email',
      wide: true,
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
      cell: (customer) => <Time iso={customer.created_at} />,
    },
  ]
}
