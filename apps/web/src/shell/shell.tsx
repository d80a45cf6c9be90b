/** What stands around every page. */
import { describeScope } from '@polar-connect/protocol'
import { useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { lastSignIn } from '../data/last-sign-in.ts'
import { useSession } from '../data/use-session.ts'
import { useMessages } from '../messages/use-messages.ts'
import { AppLinks } from '../parts/app-links.tsx'
import { PageBoundary } from '../states/page-boundary.tsx'
import { Banners } from './banners/banners.tsx'
import { Drawer } from './drawer.tsx'
import { Header } from './header.tsx'
import { useLeave } from './leave.tsx'
import { Navigation } from './navigation.tsx'
import { useScrollMemory } from './scroll-memory.ts'

export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const messages = useMessages()
  const { pathname } = useLocation()
  const { connection } = useConnection()
  const { leaving } = useLeave()
  const { state, asks } = useSession()
  const asksToRead = !asks.scopes.some((scope) => describeScope(scope).changes)
  // Until the server has answered, a browser that was connected is taken to be so still.
  const expected = state.status === 'loading' && lastSignIn() !== undefined
  const known = connection !== undefined || leaving || expected
  const inside = pathname.startsWith('/dashboard') && known
  useScrollMemory()
  return (
    <div className={inside ? 'pc-shell pc-shell--nav' : 'pc-shell'}>
      <a className="pc-skip" href="#main">
        {messages.skip}
      </a>
      <Header drawer={inside && <Drawer />} expected={expected} />
      {inside && <Navigation />}
      <main className="pc-main" id="main" tabIndex={-1}>
        <Banners />
        <PageBoundary key={pathname}>{children}</PageBoundary>
      </main>
      <footer className="pc-footer">
        <p>
          {asksToRead
            ? `${messages.readOnly} ${messages.disconnectAnyTime}`
            : messages.disconnectAnyTime}
        </p>
        <AppLinks />
      </footer>
    </div>
  )
}
