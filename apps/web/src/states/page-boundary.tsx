/** Keeps one page's crash from taking the app along. A class, since React has no other way. */
import { Component, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import { ErrorAction } from './error-state.tsx'
import { TechnicalDetails } from '../parts/technical-details.tsx'

interface PageBoundaryProps {
  readonly children: ReactNode
}

export class PageBoundary extends Component<PageBoundaryProps, { readonly failure?: unknown }> {
  override state: { readonly failure?: unknown } = {}

  static getDerivedStateFromError(failure: unknown): { readonly failure: unknown } {
    return { failure }
  }

  override render(): ReactNode {
    if (!('failure' in this.state)) return this.props.children
    return <Crash failure={this.state.failure} />
  }
}

function Crash({ failure }: { readonly failure: unknown }): ReactNode {
  const { crash, newVersion } = useMessages()
  // What a browser says of a module that a deploy has taken away.
  const gone = failure instanceof TypeError && /dynamically imported|module/i.test(failure.message)
  const words = gone ? newVersion : crash
  return (
    <section className="pc-card pc-narrow" role="alert">
      <PageHeading title={words.title} />
      <p>{words.text}</p>
      <div className="pc-actions">
        <ErrorAction action="reload" />
        {!gone && <ErrorAction action="overview" />}
      </div>
      <TechnicalDetails error={failure} />
    </section>
  )
}
