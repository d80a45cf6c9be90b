/** The dashboard: loaded when someone goes there, and kept from then on. */
import { PolarQueryProvider, SessionGate, useConnection } from '@polar-connect/react'
import type { QueryClient } from '@tanstack/react-query'
import { Suspense, type ReactNode } from 'react'
import { Outlet, Route, Routes, useLocation, useSearchParams } from 'react-router'
import { OrganizationsProvider, useOrganizations } from './data/organizations.tsx'
import { ReadRules } from './data/read-rules.tsx'
import { useMessages } from './messages/use-messages.ts'
import { FailedPage } from './pages/failed-page.tsx'
import { IndexPage } from './pages/index-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { useLeave } from './parts/leave.tsx'
import { ExportProvider } from './resources/export-bar.tsx'
import { ROUTES } from './routes.tsx'
import { DashboardBanners } from './shell/banners/dashboard-banners.tsx'
import { Drawer } from './shell/drawer.tsx'
import { Navigation } from './shell/navigation.tsx'
import { useScrollMemory } from './shell/scroll-memory.ts'
import { Shell, useExpected } from './shell/shell.tsx'
import { Loading } from './states/loading.tsx'

interface DashboardProps {
  /** The routes of the front pages, which are drawn in the same frame from now on. */
  readonly front: ReactNode
  readonly queryClient?: QueryClient
}

export function Dashboard({ front, ...query }: DashboardProps): ReactNode {
  const messages = useMessages()
  useScrollMemory()
  return (
    <PolarQueryProvider {...query}>
      <ReadRules>
        <OrganizationsProvider>
          <ExportProvider>
            <Frame>
              <Routes>
                {front}
                {ROUTES.map(({ path, title, Component }) => (
                  <Route
                    key={path}
                    element={title ? <Inside page={title(messages)} /> : <ForDevelopers />}
                  >
                    <Route path={path} element={<Component />} />
                  </Route>
                ))}
                <Route path="/connect/*" element={<ConnectFailure />} />
                <Route path="*" element={<NotFoundPage />} />
              </Routes>
            </Frame>
          </ExportProvider>
        </OrganizationsProvider>
      </ReadRules>
    </PolarQueryProvider>
  )
}

/** With the navigation, for people who are connected. */
function Frame({ children }: { readonly children: ReactNode }): ReactNode {
  const { pathname } = useLocation()
  const { connection } = useConnection()
  const { leaving } = useLeave()
  const known = useExpected() || connection !== undefined || leaving
  const dashboard = pathname.startsWith('/dashboard')
  const inside = known && dashboard
  return (
    <Shell
      // What the front pages leave in place would move when the navigation comes.
      key={`${dashboard}`}
      banners={<DashboardBanners />}
      {...(inside && { drawer: <Drawer />, navigation: <Navigation /> })}
    >
      {children}
    </Shell>
  )
}

/** An unknown address that says why a sign-in failed. */
function ConnectFailure(): ReactNode {
  const [query] = useSearchParams()
  return query.has('reason') ? <FailedPage /> : <NotFoundPage />
}

function ForDevelopers(): ReactNode {
  const { diagnostics } = useMessages()
  return (
    <Suspense fallback={<Loading thing={diagnostics.thing} rows={12} />}>
      <Outlet />
    </Suspense>
  )
}

/** A page for people who are connected. All others get the front page, at the same address. */
function Inside({ page }: { readonly page: string }): ReactNode {
  const { connection } = useConnection()
  const { leaving } = useLeave()
  const { pending } = useOrganizations()
  const { pathname } = useLocation()
  const loading = (
    <>
      {/* What a list is called is known before it is there; what one record is called is not. */}
      {pathname.split('/').length <= 3 && (
        <div className="pc-heading">
          <h1>{page}</h1>
        </div>
      )}
      <Loading thing={page} rows={20} />
    </>
  )
  if (leaving && connection === undefined) return loading
  // The organization of the address is not known yet: data of all would be more than was asked for.
  if (pending) return loading
  const front = <IndexPage continueTo={page} />
  return (
    <SessionGate loading={loading} fallback={front} ended={null} unreachable={front}>
      <Suspense fallback={loading}>
        {/* Another account is another page: nothing of the first one stays in it. */}
        <Outlet key={connection?.id} />
      </Suspense>
    </SessionGate>
  )
}
