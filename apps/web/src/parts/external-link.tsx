/** A link to another site, which says that it opens a new tab. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'

interface ExternalLinkProps {
  readonly href: string
  readonly className?: string
  readonly children: string
}

export function ExternalLink({ href, className, children }: ExternalLinkProps): ReactNode {
  const { newTab } = useMessages()
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer">
      {children} <span className="pc-visually-hidden">{newTab}</span>
    </a>
  )
}
