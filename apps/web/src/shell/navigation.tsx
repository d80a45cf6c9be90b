/** The way between the screens. One that lacks its permission stays, and says so. */
import { useScope } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from '../parts/icon.tsx'
import { prefetchPage } from '../routes.ts'

export function Navigation(): ReactNode {
  const { mainNavigation, needsPermission, pages } = useMessages()
  const mayReadProducts = useScope('products:read')
  const items = [
    { to: '/dashboard', name: pages.overview, icon: 'overview', locked: false },
    { to: '/dashboard/products', name: pages.products, icon: 'products', locked: !mayReadProducts },
    { to: '/dashboard/connection', name: pages.connection, icon: 'connection', locked: false },
  ] as const
  return (
    <nav className="pc-nav" aria-label={mainNavigation}>
      <ul>
        {items.map(({ to, name, icon, locked }) => (
          <li key={to}>
            <NavLink
              to={to}
              end
              aria-label={locked ? needsPermission(name) : undefined}
              onPointerEnter={() => prefetchPage(to)}
              onFocus={() => prefetchPage(to)}
            >
              <Icon name={icon} />
              {name}
              {locked && <Icon name="lock" size={16} />}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
