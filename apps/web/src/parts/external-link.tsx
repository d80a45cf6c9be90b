/** A link to another site, which says that it opens a new tab. */
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'

interface ExternalLinkProps {
  readonly href: string
  readonly className?: string
  /** Its name, if its visible words do not tell it from others. */
  readonly label?: string
  readonly onOpen?: () => void
  readonly children: string
}

export function ExternalLink(props: ExternalLinkProps): ReactNode {
  const { href, className, label, onOpen, children } = props
  const { newTab } = useMessages()
  return (
    <a
      className={className}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label && `${label} ${newTab}`}
      onClick={onOpen}
    >
      <span>{children}</span> <span className="pc-visually-hidden">{newTab}</span>
    </a>
  )
}
