/** The frame around every page. */
import { CALLBACK_PATH, describeScope } from '@polar-connect/protocol'
import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { lastSignIn } from '../data/last-sign-in.ts'
import { useSession } from '../data/use-session.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { AppLinks } from '../parts/app-links.tsx'
import { PageBoundary } from '../states/page-boundary.tsx'
import { Header } from './header.tsx'

interface ShellProps {
  readonly drawer?: ReactNode
  readonly navigation?: ReactNode
  readonly banners?: ReactNode
  readonly children?: ReactNode
}

export function Shell({ drawer, navigation, banners, children }: ShellProps): ReactNode {
  const messages = useFrontMessages()
  const { pathname } = useLocation()
  const { asks } = useSession()
  // A person who returns from Polar will have an account here in a moment.
  const expected = useExpected() || pathname === CALLBACK_PATH
  const asksToRead = !asks.scopes.some((scope) => describeScope(scope).changes)
  return (
    <div className={navigation ? 'pc-shell pc-shell--nav' : 'pc-shell'}>
      <a className="pc-skip" href="#main">
        {messages.skip}
      </a>
      <Header drawer={drawer} expected={expected} />
      {navigation}
      <main className="pc-main" id="main" tabIndex={-1}>
        {banners}
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

/** Until the server has answered, a browser that was connected counts as connected. */
export function useExpected(): boolean {
  const { state } = useSession()
  return state.status === 'loading' && lastSignIn() !== undefined
}
