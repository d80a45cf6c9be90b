/** A state in one word. Its colour and shape only repeat it. */
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'success' | 'warning' | 'danger'

interface BadgeProps {
  readonly tone: Tone
  readonly children: string
}

export function Badge({ tone, children }: BadgeProps): ReactNode {
  const className = tone === 'neutral' ? 'pc-badge' : `pc-badge pc-badge--${tone}`
  return <span className={className}>{children}</span>
}
