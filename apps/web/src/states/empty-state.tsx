/** Nothing exists yet: one picture, what will be here, and how to begin. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from '../parts/icon.tsx'

interface EmptyStateProps {
  readonly title: string
  readonly text: string
  /** The picture. An empty tray by default. */
  readonly icon?: IconName
  /** One action. */
  readonly children?: ReactNode
}

export function EmptyState({ title, text, icon = 'empty', children }: EmptyStateProps): ReactNode {
  return (
    <div className="pc-state pc-state--empty">
      <Icon name={icon} size={40} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}
