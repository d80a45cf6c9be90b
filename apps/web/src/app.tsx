/** The front pages, which a new visitor loads alone, and the dashboard behind them. */
import { CALLBACK_PATH } from '@polar-connect/protocol'
import type { QueryClient } from '@tanstack/react-query'
import { Suspense, useState, type ReactNode } from 'react'
import { Route, Routes, useLocation } from 'react-router'
import { Dashboard, FrontBanners, isFront } from './front-door.ts'
import { CallbackRoute, type Failure } from './pages/callback-route.tsx'
import { FailedPage } from './pages/failed-page.tsx'
import { IndexPage } from './pages/index-page.tsx'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { AnnouncerProvider } from './parts/announcer.tsx'
import { LeaveProvider } from './parts/leave.tsx'
import { FirstLocationContext } from './parts/page-heading.tsx'
import { Shell } from './shell/shell.tsx'
import { JustOpenedContext } from './states/loading.tsx'
import { PageBoundary } from './states/page-boundary.tsx'

interface AppProps {
  readonly queryClient?: QueryClient
}

export function App(props: AppProps): ReactNode {
  const { key, pathname } = useLocation()
  const [firstLocation] = useState(key)
  const [failure, setFailure] = useState<Failure>()
  const [entered, setEntered] = useState(false)
  const enters = entered || !isFront(pathname)
  if (enters !== entered) setEntered(enters)
  const front = (
    <>
      <Route path="/" element={<IndexPage />} />
      <Route path={CALLBACK_PATH} element={<CallbackRoute onFailed={setFailure} />} />
      <Route path="/connect/failed" element={<FailedPage failure={failure} />} />
      <Route path="/signed-out" element={<SignedOutPage />} />
    </>
  )
  return (
    <FirstLocationContext value={firstLocation}>
      <JustOpenedContext value={key === firstLocation}>
        <AnnouncerProvider>
          <LeaveProvider>
            <PageBoundary frame={Shell}>
              <Suspense fallback={<Shell />}>
                {enters ? (
                  <Dashboard front={front} {...props} />
                ) : (
                  <Shell
                    banners={
                      <Suspense>
                        <FrontBanners />
                      </Suspense>
                    }
                  >
                    <Routes>{front}</Routes>
                  </Shell>
                )}
              </Suspense>
            </PageBoundary>
          </LeaveProvider>
        </AnnouncerProvider>
      </JustOpenedContext>
    </FirstLocationContext>
  )
}
