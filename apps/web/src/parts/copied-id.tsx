/** An id, with a button that copies it. */
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

interface CopiedIdProps {
  /** What it is: `order ID`. */
  readonly thing: string
  readonly value: string
}

export function CopiedId({ thing, value }: CopiedIdProps): ReactNode {
  return (
    <span className="pc-copied">
      <code translate="no">{value}</code>
      <CopyButton thing={thing} value={value} />
    </span>
  )
}
