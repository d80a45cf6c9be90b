/** The parts of pages. */
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { DisconnectDialog } from '../pages/connection/leaving.tsx'
import { useAnnouncer } from '../parts/announcer.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { Badge } from '../parts/badge.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { ExplainedButton } from '../parts/explained-button.tsx'
import { WriteButton } from '../parts/write-button.tsx'
import { Header } from '../shell/header.tsx'
import { Navigation } from '../shell/navigation.tsx'
import { ignore, stage, type Entry } from './entry.tsx'
import * as fixtures from './fixtures.ts'

export const PARTS: readonly Entry[] = [
  stage('header', <Header />),
  stage('header-emulator', <Header />, {
    state: fixtures.EMULATED,
    answer: () => fixtures.faults(),
  }),
  stage('header-emulator-with-faults', <Header />, {
    state: fixtures.EMULATED,
    answer: () => fixtures.faults('State altered', 'Rate limit (429, retry after 20 s)'),
  }),
  stage('navigation', <Navigation />, { path: '/dashboard', state: fixtures.asPerson() }),
  stage(
    'buttons',
    <div className="pc-actions">
      <button type="button" className="pc-button pc-button--primary">
        Primary
      </button>
      <button type="button" className="pc-button">
        Plain
      </button>
      <button type="button" className="pc-button pc-button--danger">
        Danger
      </button>
      <button type="button" className="pc-button pc-button--quiet">
        Quiet
      </button>
      <ExplainedButton reason="Choose at least one permission." reasonShown onClick={ignore}>
        Explained
      </ExplainedButton>
    </div>,
  ),
  stage('button-that-writes-offline', <WriteButton onClick={ignore}>Create</WriteButton>, {
    offline: true,
  }),
  stage('copy-button', <CopyButton thing="reference" value="0abc1def" />),
  stage(
    'badges',
    <p className="pc-actions">
      <Badge tone="neutral">Draft</Badge>
      <Badge tone="success">Paid</Badge>
      <Badge tone="warning">Pending</Badge>
      <Badge tone="danger">Refunded</Badge>
    </p>,
  ),
  stage(
    'avatars',
    <p className="pc-actions">
      <Avatar name="Acme Books" />
      <Avatar name="مكتبة الحكمة" small />
    </p>,
  ),
  stage('dialog', <OpenDialog />, { path: '/dashboard/connection' }),
  stage('toast', <ShownToast text="Access renewed." />),
]

/** Not modal, so that it can be seen beside the rest. */
function OpenDialog(): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    place.current?.querySelector('dialog')?.setAttribute('open', '')
  }, [])
  return (
    <div ref={place}>
      <DisconnectDialog name="Acme Books" onClose={() => undefined} />
    </div>
  )
}

export function ShownToast({ text }: { readonly text: string }): ReactNode {
  const { toast } = useAnnouncer()
  useEffect(() => toast(text), [toast, text])
  return null
}
