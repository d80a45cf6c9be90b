/** A link to another site, which says that it opens a new tab. */
import type { ComponentProps, ReactNode } from 'react'
import { useFrontMessages } from '../messages/use-front-messages.ts'

interface ExternalLinkProps extends ComponentProps<'a'> {
  readonly href: string
  /** Its name, if its visible words do not tell it from others. */
  readonly label?: string
  readonly onOpen?: () => void
}

export function ExternalLink(props: ExternalLinkProps): ReactNode {
  const { href, label, onOpen, children, ...rest } = props
  const { newTab } = useFrontMessages()
  return (
    <a
      {...rest}
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
