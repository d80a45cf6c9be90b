/** One line above a page: a text, and what can be done about it. */
import type { ReactNode } from 'react'

interface BannerProps {
  readonly text: string
  readonly children?: ReactNode
}

/** Something that the person has to know now. */
export function Alert({ text, children }: BannerProps): ReactNode {
  return (
    <div className="pc-banner pc-banner--warning" role="alert">
      <p>{text}</p>
      {children && <div className="pc-banner__actions">{children}</div>}
    </div>
  )
}

/** Something to know. It stands in a region that is there before it, or it would not be heard. */
export function Status({ text, children }: BannerProps): ReactNode {
  return (
    <div className="pc-banner">
      <p>{text}</p>
      {children && <div className="pc-banner__actions">{children}</div>}
    </div>
  )
}
