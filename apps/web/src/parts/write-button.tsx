/** A button that changes something at Polar. It needs a network and a session. */
import { problemText, useConnection } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { subjectName } from '../data/subject-name.ts'
import { useOffline } from '../data/use-network.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ExplainedButton, type ExplainedButtonProps } from './explained-button.tsx'

export function WriteButton({ reason, ...rest }: ExplainedButtonProps): ReactNode {
  return <ExplainedButton {...rest} reason={useWriteBlock() ?? reason} />
}

/** Why nothing can be changed now, if so. */
export function useWriteBlock(): string | undefined {
  const { app } = useMessages()
  const { status, connection } = useConnection()
  const offline = useOffline()
  if (offline) return `${problemText('offline').title}.`
  if (status !== 'ended' || connection === undefined) return undefined
  const { title } = problemText('reauthorization_required', { app, org: subjectName(connection) })
  return `${title}.`
}
