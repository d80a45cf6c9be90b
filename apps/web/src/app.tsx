/** Which page is at which address, and who may see it. */
import { CALLBACK_PATH } from '@polar-connect/protocol'
import { SessionGate, useConnection } from '@polar-connect/react'
import { Suspense, useState, type ComponentType, type ReactNode } from 'react'
import { Outlet, Route, Routes, useLocation, useSearchParams } from 'react-router'
import { OrganizationsProvider, useOrganizations } from './data/organizations.tsx'
import { useMessages } from './messages/use-messages.ts'
import { FirstLocationContext } from './parts/page-heading.tsx'
import { CallbackRoute, type Failure } from './pages/callback-route.tsx'
import { FailedPage } from './pages/failed-page.tsx'
import { IndexPage } from './pages/index-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { pathsOf, SCREENS } from './resources/table.ts'
import { pageAt } from './routes.tsx'
import { AnnouncerProvider } from './shell/announcer.tsx'
import { ExportProvider } from './shell/export-bar.tsx'
import { LeaveProvider, useLeave } from './shell/leave.tsx'
import { Shell } from './shell/shell.tsx'
import { Loading } from './states/loading.tsx'

const NewCheckoutLinkPage = pageAt('/dashboard/checkout-links/new')
const EditCheckoutLinkPage = pageAt('/dashboard/checkout-links/:id')
const ProfilePage = pageAt('/dashboard/profile')
const DiagnosticsPage = pageAt('/diagnostics')

const SCREEN_PAGES: ReadonlyMap<string, ComponentType> = new Map(
  SCREENS.flatMap(pathsOf).map((path) => [path, pageAt(path)]),
)

function elementAt(path: string): ReactNode {
  const Page = SCREEN_PAGES.get(path)
  return Page && <Page />
}

export function App(): ReactNode {
  const [firstLocation] = useState(useLocation().key)
  const [failure, setFailure] = useState<Failure>()
  const messages = useMessages()
  const { pages } = messages
  return (
    <FirstLocationContext value={firstLocation}>
      <AnnouncerProvider>
        <LeaveProvider>
          <OrganizationsProvider>
            <ExportProvider>
              <Shell>
                <Routes>
                  <Route path="/" element={<IndexPage />} />
                  <Route path={CALLBACK_PATH} element={<CallbackRoute onFailed={setFailure} />} />
                  <Route path="/connect/failed" element={<FailedPage failure={failure} />} />
                  <Route path="/connect/*" element={<ConnectFailure />} />
                  <Route path="/signed-out" element={<SignedOutPage />} />
                  {SCREENS.map((row) => (
                    <Route key={row.name} element={<Inside page={messages[row.name].title} />}>
                      {pathsOf(row).map((path) => (
                        <Route key={path} path={path} element={elementAt(path)} />
                      ))}
                    </Route>
                  ))}
                  <Route element={<Inside page={pages.newCheckoutLink} />}>
                    <Route path="/dashboard/checkout-links/new" element={<NewCheckoutLinkPage />} />
                  </Route>
                  <Route element={<Inside page={pages.editCheckoutLink} />}>
                    <Route
                      path="/dashboard/checkout-links/:id"
                      element={<EditCheckoutLinkPage />}
                    />
                  </Route>
                  <Route element={<Inside page={pages.profile} />}>
                    <Route path="/dashboard/profile" element={<ProfilePage />} />
                  </Route>
                  <Route path="/diagnostics" element={<Diagnostics />} />
                  <Route path="*" element={<NotFoundPage />} />
                </Routes>
              </Shell>
            </ExportProvider>
          </OrganizationsProvider>
        </LeaveProvider>
      </AnnouncerProvider>
    </FirstLocationContext>
  )
}

/** An unknown address that tells why a sign-in failed. */
function ConnectFailure(): ReactNode {
  const [query] = useSearchParams()
  return query.has('reason') ? <FailedPage /> : <NotFoundPage />
}

function Diagnostics(): ReactNode {
  const { diagnostics } = useMessages()
  return (
    <Suspense fallback={<Loading thing={diagnostics.thing} rows={12} />}>
      <DiagnosticsPage />
    </Suspense>
  )
}

/** A page for the connected; everybody else gets the front door, at the same address. */
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
  // What the address narrows to is not known yet: all would be more than was asked for.
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
