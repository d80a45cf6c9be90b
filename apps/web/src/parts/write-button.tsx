/** A button that changes something at Polar: not without a network, and not without a session. */
import { problemText, useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useOffline } from '../data/use-network.ts'
import { ExplainedButton, type ExplainedButtonProps } from './explained-button.tsx'

export function WriteButton({ reason, ...rest }: ExplainedButtonProps): ReactNode {
  return <ExplainedButton {...rest} reason={useWriteBlock() ?? reason} />
}

/** Why nothing can be changed right now, if so. */
export function useWriteBlock(): string | undefined {
  const { status } = useConnection()
  const offline = useOffline()
  if (offline) return `${problemText('offline').title}.`
  return status === 'ended' ? `${problemText('reauthorization_required').title}.` : undefined
}
