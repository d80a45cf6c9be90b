/** Nothing exists yet: what will show here, and how to begin. */
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

export function EmptyState({ title, text, children }: EmptyStateProps): ReactNode {
  return (
    <div className="pc-state">
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}
