/** The one permission that making and changing links needs. The app asks for it when it is needed. */
import { useEffect, useRef, type ReactNode } from 'react'
import { decideStepUp, useStepUpReturn } from '../../data/step-ups.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Grant } from '../../states/grant.tsx'

interface LinkGrantProps {
  readonly label: string
  /** Says whether Polar may be opened now. */
  readonly onBefore: () => boolean
  /** What else the person can do. */
  readonly children: ReactNode
}

const SCOPE = 'checkout_links:write'

/** At the top of the form: the person is just back, and what they typed is still there. */
export function LinkDenied(): ReactNode {
  const { checkoutLinks: words } = useMessages()
  const justNow = useStepUpReturn()?.failure === 'denied'
  const text = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (justNow) text.current?.focus()
  }, [justNow])
  if (!justNow && decideStepUp(SCOPE) !== 'asked_enough') return null
  return (
    <p ref={text} className="pc-banner pc-banner--warning" role="status" tabIndex={-1}>
      {words.denied}
    </p>
  )
}

export function LinkGrant({ children, ...rest }: LinkGrantProps): ReactNode {
  const { checkoutLinks: words } = useMessages()
  return (
    <Grant {...rest} scopes={[SCOPE]} hint={words.grantHint} denied={false} primary>
      {children}
    </Grant>
  )
}
