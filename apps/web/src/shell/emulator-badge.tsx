/** The badge of the emulator, which leads to its control panel. */
import { Suspense, useId, type ReactNode } from 'react'
import { late } from '../late.tsx'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { ExternalLink } from '../parts/external-link.tsx'

/** Shows the faults that are on. Only while developing: no build has it. */
const FaultsBadge = import.meta.env.DEV
  ? late(async () => (await import('./faults-badge.tsx')).FaultsBadge).Component
  : undefined

export function EmulatorBadge({ origin }: { readonly origin: string }): ReactNode {
  const { name, hint } = useFrontMessages().environments.emulator
  const plain = (
    <PanelLink href={`${origin}/`} hint={hint}>
      {name}
    </PanelLink>
  )
  return FaultsBadge ? (
    <Suspense fallback={plain}>
      <FaultsBadge origin={origin}>{plain}</FaultsBadge>
    </Suspense>
  ) : (
    plain
  )
}

interface PanelLinkProps {
  readonly href: string
  readonly hint: string
  readonly children: string
}

export function PanelLink({ href, hint, children }: PanelLinkProps): ReactNode {
  const id = useId()
  return (
    <>
      <ExternalLink
        className="pc-badge pc-badge--warning"
        href={href}
        title={hint}
        aria-describedby={id}
      >
        {children}
      </ExternalLink>
      <span id={id} className="pc-visually-hidden">
        {hint}
      </span>
    </>
  )
}
