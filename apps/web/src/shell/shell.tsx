/** What stands around every page. */
import { useConnection } from '@polar-connect/react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { CALLBACK_PATH } from '@polar-connect/protocol'
import { subjectName } from '../data/subject-name.ts'
import { useMessages } from '../messages/use-messages.ts'
import { PageBoundary } from '../states/page-boundary.tsx'
import { useAnnouncer } from './announcer.tsx'
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
  const inside = pathname.startsWith('/dashboard') && (connection !== undefined || leaving)
  useArrival()
  useScrollMemory()
  return (
    <div className={inside ? 'pc-shell pc-shell--nav' : 'pc-shell'}>
      <a className="pc-skip" href="#main">
        {messages.skip}
      </a>
      <Header drawer={inside && <Drawer />} />
      {inside && <Navigation />}
      <main className="pc-main" id="main" tabIndex={-1}>
        <Banners />
        <PageBoundary key={pathname}>{children}</PageBoundary>
      </main>
      <footer className="pc-footer">
        <p>{messages.footer}</p>
      </footer>
    </div>
  )
}

/** Says who was connected, on the page that the person lands on. */
function useArrival(): void {
  const { connectedAnnouncement } = useMessages()
  const { say } = useAnnouncer()
  const { pathname } = useLocation()
  const { connection } = useConnection()
  const before = useRef(pathname)
  useEffect(() => {
    const arrived = before.current === CALLBACK_PATH && pathname.startsWith('/dashboard')
    before.current = pathname
    if (arrived && connection) say(connectedAnnouncement(subjectName(connection)))
  }, [connectedAnnouncement, connection, pathname, say])
}
