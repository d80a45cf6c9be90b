/** A customer's name, as a link to them. */
import type { ReactNode } from 'react'
import { Link } from '../../parts/link.tsx'

interface CustomerLinkProps {
  readonly id: string
  readonly name: string
}

export function CustomerLink({ id, name }: CustomerLinkProps): ReactNode {
  return (
    <Link to={`/dashboard/customers/${id}`}>
      <bdi>{name}</bdi>
    </Link>
  )
}
