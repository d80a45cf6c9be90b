/** The one permission that making and changing links takes, asked for when somebody is about to. */
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Grant } from '../../states/grant.tsx'

interface LinkGrantProps {
  readonly label: string
  /** Says whether Polar may be opened now. */
  readonly onBefore: () => boolean
  /** What else there is to do. */
  readonly children: ReactNode
}

export function LinkGrant({ children, ...rest }: LinkGrantProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  return (
    <Grant
      {...rest}
      scopes={['checkout_links:write']}
      hint={words.grantHint}
      denied={words.denied}
      primary
    >
      {children}
    </Grant>
  )
}
