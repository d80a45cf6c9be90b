/** The one permission that making links takes, asked for when somebody is about to make one. */
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Grant } from '../../states/grant.tsx'

interface LinkGrantProps {
  /** What else there is to do. */
  readonly children: ReactNode
}

export function LinkGrant({ children }: LinkGrantProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  return (
    <Grant scopes={['checkout_links:write']} label={words.grant} hint={words.grantHint} primary>
      {children}
    </Grant>
  )
}
