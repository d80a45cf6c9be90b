/**
 * A link within the app. React Router's own `Link` also prefetches for its framework mode, which is
 * 4 KiB that every visitor would load.
 */
import type { ComponentProps, ReactNode } from 'react'
import { useHref, useLinkClickHandler, type To } from 'react-router'

interface LinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  readonly to: To
  /** The state of the page's history entry. */
  readonly state?: unknown
}

export function Link({ to, state, children, ...rest }: LinkProps): ReactNode {
  return (
    <a {...rest} href={useHref(to)} onClick={useLinkClickHandler(to, { state })}>
      {children}
    </a>
  )
}
