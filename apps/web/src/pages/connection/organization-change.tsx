/** Replaces the organization by another one: Polar asks which. */
import { ConnectButton } from '@polar-connect/react'
import { useState, type ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Card } from '../../parts/card.tsx'
import { ErrorState } from '../../states/error-state.tsx'

const REQUEST = { subject: 'organization', prompt: 'consent' } as const

export function OrganizationChange(): ReactNode {
  const { connection: words } = useMessages()
  const [failure, setFailure] = useState<unknown>()
  return (
    <Card title={words.organization}>
      <p className="pc-muted">{words.organizationText}</p>
      <div className="pc-actions">
        <ConnectButton className="pc-button" {...REQUEST} onError={setFailure}>
          {words.another}
        </ConnectButton>
      </div>
      {failure !== undefined && <ErrorState alert error={failure} signingIn={REQUEST} />}
    </Card>
  )
}
