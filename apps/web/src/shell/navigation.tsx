/** Links to the screens. One that lacks its permission stays, and says so. */
import { hasScope } from '@polar-connect/protocol'
import { useConnection, useScope } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useSession } from '../data/use-session.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { OrganizationSelect } from '../parts/organization-select.tsx'
import { addressOf, SCREENS } from '../resources/table.ts'
import { prefetchPage } from '../routes.tsx'

export function Navigation(): ReactNode {
  const { mainNavigation } = useMessages()
  return (
    <nav className="pc-nav" aria-label={mainNavigation}>
      <div>
        <OrganizationSelect />
        <ul>
          {SCREENS.map((row) => (
            <Way key={row.name} {...row} />
          ))}
        </ul>
      </div>
    </nav>
  )
}

function Way({ name, path, scope = 'openid' }: (typeof SCREENS)[number]): ReactNode {
  const messages = useMessages()
  const { asks } = useSession()
  const granted = useScope(scope)
  const { connection } = useConnection()
  const { pathname } = useLocation()
  // A screen that the app does not ask permissions for shows once they are granted.
  if (!granted && !hasScope(asks.scopes, scope)) return null
  // Until the server has answered, no screen is locked.
  const locked = connection !== undefined && !granted
  const { title } = messages[name]
  const to = addressOf({ path })
  // A record is below its list, and all are below the overview.
  const current = pathname === to || (path !== '' && pathname.startsWith(`${to}/`))
  return (
    <li>
      <Link
        to={to}
        aria-current={current ? 'page' : undefined}
        aria-label={locked ? messages.needsPermission(title) : undefined}
        onPointerEnter={() => void prefetchPage(to)}
        onFocus={() => void prefetchPage(to)}
      >
        <Icon name={name} />
        <span>{title}</span>
        {locked && <Icon name="lock" size={16} />}
      </Link>
    </li>
  )
}
