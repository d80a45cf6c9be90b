/** Keeps the crash of one page from ending the app. A class, since React has no other way. */
import { ConnectError } from '@polar-connect/browser'
import { isOnline } from '@polar-connect/browser/web-apis'
import { problemText } from '@polar-connect/react'
import { Component, Fragment, useEffect, type ComponentType, type ReactNode } from 'react'
import { tabStorage } from '../data/storage.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'
import { ErrorAction } from './error-state.tsx'

interface PageBoundaryProps {
  readonly reload?: () => void
  /** The frame around the failure, if all of the app is gone. */
  readonly frame?: ComponentType<{ readonly children: ReactNode }>
  readonly children: ReactNode
}

interface PageBoundaryState {
  readonly failure?: unknown
}

export class PageBoundary extends Component<PageBoundaryProps, PageBoundaryState> {
  override state: PageBoundaryState = {}

  static getDerivedStateFromError(failure: unknown): PageBoundaryState {
    return { failure }
  }

  override render(): ReactNode {
    const { children, frame: Frame = Fragment, reload = () => location.reload() } = this.props
    if (!('failure' in this.state)) return children
    return (
      <Frame>
        <Crash code={decideCrash(this.state.failure, isOnline())} reload={reload} />
      </Frame>
    )
  }
}

type CrashCode = 'chunk_load' | 'offline' | 'page_crash'

/** `failure` in words for the person whose page crashed. */
export function decideCrash(failure: unknown, online: boolean): CrashCode {
  // The errors of browsers if a module does not load: each has words of its own.
  if (!(failure instanceof TypeError) || !/\bmodule\b/i.test(failure.message)) return 'page_crash'
  // With a network, a deploy has removed it.
  return online ? 'chunk_load' : 'offline'
}

interface CrashProps {
  readonly code: CrashCode
  readonly reload: () => void
}

function Crash({ code, reload }: CrashProps): ReactNode {
  const { app } = useFrontMessages()
  const error = new ConnectError(code)
  const { title, text, action } = problemText(error, { app })
  useEffect(() => {
    if (code === 'chunk_load' && mayReload()) reload()
    if (code !== 'offline') return
    // A page never loads a module again that failed once.
    addEventListener('online', reload)
    return () => removeEventListener('online', reload)
  }, [code, reload])
  return (
    <section className="pc-card pc-narrow" role="alert">
      <PageHeading title={title} />
      <p>{text}</p>
      <div className="pc-actions">
        <ErrorAction error={error} action={action} />
        {code === 'page_crash' && <ErrorAction error={error} action="overview" />}
      </div>
      <TechnicalDetails error={error} />
    </section>
  )
}

const RELOADED = 'polar-connect:reloaded'

/** By itself at most once. If it fails again, the person decides. */
function mayReload(): boolean {
  return tabStorage.get(RELOADED) === undefined && tabStorage.set(RELOADED, '1')
}
