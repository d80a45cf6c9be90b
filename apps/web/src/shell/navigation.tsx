/** The way between the screens. One that lacks its permission stays, and says so. */
import { useScope } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import type { Messages } from '../messages/en.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { prefetchPage } from '../routes.tsx'

interface Destination {
  readonly to: string
  readonly page: keyof Messages['pages'] & IconName
  /** What the page cannot do without. */
  readonly scope?: string
}

const DESTINATIONS: readonly Destination[] = [
  { to: '/dashboard', page: 'overview' },
  { to: '/dashboard/products', page: 'products', scope: 'products:read' },
  { to: '/dashboard/orders', page: 'orders', scope: 'orders:read' },
  { to: '/dashboard/customers', page: 'customers', scope: 'customers:read' },
  { to: '/dashboard/subscriptions', page: 'subscriptions', scope: 'subscriptions:read' },
  { to: '/dashboard/metrics', page: 'metrics', scope: 'metrics:read' },
  { to: '/dashboard/checkout-links', page: 'checkoutLinks', scope: 'checkout_links:read' },
  { to: '/dashboard/connection', page: 'connection' },
]

export function Navigation(): ReactNode {
  const { mainNavigation } = useMessages()
  return (
    <nav className="pc-nav" aria-label={mainNavigation}>
      <ul>
        {DESTINATIONS.map((destination) => (
          <li key={destination.to}>
            <Way {...destination} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Way({ to, page, scope = 'openid' }: Destination): ReactNode {
  const { needsPermission, pages } = useMessages()
  const locked = !useScope(scope)
  const name = pages[page]
  return (
    <NavLink
      to={to}
      end={to === '/dashboard'}
      aria-label={locked ? needsPermission(name) : undefined}
      onPointerEnter={() => prefetchPage(to)}
      onFocus={() => prefetchPage(to)}
    >
      <Icon name={page} />
      {name}
      {locked && <Icon name="lock" size={16} />}
    </NavLink>
  )
}
