/** One line above a page: a text, and an action. */
import type { ReactNode } from 'react'

interface BannerProps {
  readonly text: string
  readonly children?: ReactNode
}

/** Something that the person must know now. */
export function Alert({ text, children }: BannerProps): ReactNode {
  return (
    <div className="pc-banner pc-banner--warning" role="alert">
      <p>{text}</p>
      {children && <div className="pc-banner__actions">{children}</div>}
    </div>
  )
}

/** Something to know. Its region exists before it: otherwise screen readers would not read it. */
export function Status({ text, children }: BannerProps): ReactNode {
  return (
    <div className="pc-banner">
      <p>{text}</p>
      {children && <div className="pc-banner__actions">{children}</div>}
    </div>
  )
}
