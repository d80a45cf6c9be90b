/** The pages without data of the shop: sign-in, logout, and the connection. */
import { ConnectError } from '@polar-connect/browser'
import type { ReactNode } from 'react'
import { CallbackRoute } from '../pages/callback-route.tsx'
import { ConnectionPage } from '../pages/connection-page.tsx'
import { DiagnosticsPage } from '../pages/diagnostics-page.tsx'
import { FailedPage } from '../pages/failed-page.tsx'
import { IndexPage } from '../pages/index-page.tsx'
import { NotFoundPage } from '../pages/not-found-page.tsx'
import { ProfilePage } from '../pages/profile-page.tsx'
import { SignInStepsPage } from '../pages/sign-in-steps-page.tsx'
import { SignedOutPage } from '../pages/signed-out-page.tsx'
import { PageBoundary } from '../states/page-boundary.tsx'
import { ignore, stage, type Entry } from './entry.tsx'
import * as fixtures from './fixtures.ts'
import { DISCONNECTED, ENDED } from './fixtures.ts'

export const PAGES: readonly Entry[] = [
  stage('connection', <ConnectionPage />, { path: '/dashboard/connection' }),
  stage('connection-ended', <ConnectionPage />, { path: '/dashboard/connection', state: ENDED }),
  stage('connection-offline', <ConnectionPage />, {
    path: '/dashboard/connection',
    offline: true,
  }),
  stage('profile-person', <ProfilePage />, {
    path: '/dashboard/profile',
    state: fixtures.asPerson(),
    answer: () => Response.json({ sub: 'user-1' }),
  }),
  stage('profile-organization', <ProfilePage />, {
    path: '/dashboard/profile',
    answer: (path) =>
      Response.json(
        path.endsWith('/userinfo')
          ? { sub: 'user-1', name: 'Ada Lovelace', email: 'ada@example.com', email_verified: false }
          : fixtures.ORGANIZATION,
      ),
  }),
  stage('index', <IndexPage />, { state: DISCONNECTED }),
  stage('index-continue', <IndexPage continueTo="Orders" />, { state: DISCONNECTED }),
  stage('index-connected', <IndexPage />),
  stage('index-unreachable', <IndexPage />, {
    state: { status: 'unreachable', error: new ConnectError('server_unreachable') },
  }),
  stage('index-not-set-up', <IndexPage />, {
    state: { status: 'unreachable', error: new ConnectError('invalid_client') },
  }),
  stage('callback', <CallbackRoute onFailed={ignore} />, { state: DISCONNECTED }),
  stage('failed', <FailedPage />, {
    path: '/connect/failed?reason=state_mismatch&ref=0abc1def',
    state: DISCONNECTED,
  }),
  stage('signed-out', <SignedOutPage />, { path: '/signed-out', state: DISCONNECTED }),
  stage('diagnostics', <DiagnosticsPage />, { path: '/diagnostics', answer: fixtures.diagnostics }),
  stage('diagnostics-not-told', <DiagnosticsPage />, {
    path: '/diagnostics',
    answer: () => fixtures.refusal(404),
  }),
  stage('sign-in-steps', <SignInStepsPage />, {
    path: '/diagnostics/sign-in',
    answer: fixtures.signIns,
  }),
  stage('sign-in-steps-of-one-that-worked', <SignInStepsPage />, {
    path: '/diagnostics/sign-in?ref=sign-in-1',
    answer: fixtures.signIns,
  }),
  stage('sign-in-steps-of-an-unknown-one', <SignInStepsPage />, {
    path: '/diagnostics/sign-in?ref=0abc1def',
    answer: fixtures.signIns,
  }),
  stage('sign-in-steps-none', <SignInStepsPage />, {
    path: '/diagnostics/sign-in',
    answer: fixtures.noSignIns,
  }),
  stage('sign-in-steps-loading', <SignInStepsPage />, { path: '/diagnostics/sign-in' }),
  stage('sign-in-steps-not-told', <SignInStepsPage />, {
    path: '/diagnostics/sign-in',
    answer: () => fixtures.refusal(404),
  }),
  stage('page-not-found', <NotFoundPage />, { path: '/nowhere' }),
  stage(
    'page-crash',
    <PageBoundary>
      <Broken />
    </PageBoundary>,
    { path: '/dashboard' },
  ),
]

function Broken(): ReactNode {
  throw new Error('as it should here')
}
