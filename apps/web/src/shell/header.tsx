/** The bar at the top of every page: the place, the theme, and the account. */
import { useConnection } from '@polar-connect/react'
import type { Connection } from '@polar-connect/protocol'
import { useId, type ReactNode } from 'react'
import { subjectName } from '../data/subject-name.ts'
import { useSession } from '../data/use-session.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { useLeave } from '../parts/leave.tsx'
import { Link } from '../parts/link.tsx'
import { Menu } from '../parts/menu.tsx'
import { EmulatorBadge } from './emulator-badge.tsx'
import { THEMES, useTheme } from './theme.ts'

interface HeaderProps {
  /** The button for the navigation, if there is no room for the navigation itself. */
  readonly drawer?: ReactNode
  /** Whether someone is probably connected. Then their menu has its room before it is there. */
  readonly expected?: boolean
}

export function Header({ drawer, expected }: HeaderProps): ReactNode {
  const messages = useFrontMessages()
  const { connection } = useConnection()
  return (
    <header className="pc-header">
      {drawer}
      <Link className="pc-brand" to="/" aria-label={messages.home}>
        <Icon name="link" size={24} />
        <span>{messages.app}</span>
      </Link>
      <EnvironmentBadge />
      <ThemeMenu />
      {connection ? (
        <AccountMenu connection={connection} />
      ) : (
        expected && (
          <span className="pc-button pc-button--quiet pc-button--name" aria-hidden="true" />
        )
      )}
    </header>
  )
}

/** Always shown outside production: people often confuse sandbox and production. */
export function EnvironmentBadge(): ReactNode {
  const { environments } = useFrontMessages()
  const { server } = useSession()
  const id = useId()
  if (server === undefined || server.name === 'production') return null
  if (server.name === 'emulator') return <EmulatorBadge origin={server.origin} />
  const { name, hint } = environments[server.name]
  return (
    <>
      <span className="pc-badge pc-badge--warning" title={hint} aria-describedby={id}>
        {name}
      </span>
      <span id={id} className="pc-visually-hidden">
        {hint}
      </span>
    </>
  )
}

function ThemeMenu(): ReactNode {
  const messages = useFrontMessages()
  const [theme, choose] = useTheme()
  return (
    <Menu label={messages.theme} face={<Icon name="theme" />}>
      {THEMES.map((each) => (
        <button
          key={each}
          type="button"
          className="pc-menu__item"
          role="menuitemradio"
          aria-checked={each === theme}
          tabIndex={-1}
          onClick={() => choose(each)}
        >
          {messages.themes[each]}
        </button>
      ))}
    </Menu>
  )
}

function AccountMenu({ connection }: { readonly connection: Connection }): ReactNode {
  const messages = useFrontMessages()
  const { leave } = useLeave()
  const name = subjectName(connection)
  const { email } = connection.user
  return (
    <Menu
      label={messages.account(name)}
      className="pc-button--name"
      face={
        <>
          <Avatar name={name} small />
          <span className="pc-button__text">
            <bdi>{name}</bdi>
          </span>
        </>
      }
      head={
        <div className="pc-menu__who">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {email !== undefined && <span>{email}</span>}
        </div>
      }
    >
      <Link className="pc-menu__item" role="menuitem" tabIndex={-1} to="/dashboard/connection">
        {messages.pages.connection}
      </Link>
      <Link className="pc-menu__item" role="menuitem" tabIndex={-1} to="/dashboard/profile">
        {messages.pages.profile}
      </Link>
      <button
        type="button"
        className="pc-menu__item"
        role="menuitem"
        tabIndex={-1}
        onClick={() => void leave('log_out')}
      >
        {messages.logOut}
      </button>
    </Menu>
  )
}
