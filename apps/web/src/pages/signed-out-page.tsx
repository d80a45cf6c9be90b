/** After logging out: that it worked, or what to do if Polar did not confirm it. */
import { ConnectButton, problemText } from '@polar-connect/react'
import { useState, type ReactNode } from 'react'
import { consentWish } from '../data/consent-wish.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'
import { useLeave } from '../parts/leave.tsx'
import { Link } from '../parts/link.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import { ErrorState } from '../states/error-state.tsx'

export function SignedOutPage(): ReactNode {
  const { app, pages, signedOut, backToStart, connect } = useFrontMessages()
  const { farewell } = useLeave()
  const [failure, setFailure] = useState<unknown>()
  if (farewell.kind === 'unconfirmed') {
    const { title, text } = problemText('revoke_unconfirmed')
    return (
      <section className="pc-card pc-narrow">
        <PageHeading title={title} focusAlways />
        <p>{text}</p>
        <div className="pc-actions">
          <Link className="pc-button pc-button--primary" to="/">
            {backToStart}
          </Link>
        </div>
      </section>
    )
  }
  const gone = farewell.kind === 'disconnected'
  return (
    <section className="pc-card pc-narrow">
      <PageHeading title={gone ? pages.disconnected : pages.signedOut} focusAlways />
      <p>{gone ? signedOut.disconnected(app, farewell.name) : signedOut.text}</p>
      <div className="pc-actions">
        <ConnectButton
          className="pc-button pc-button--primary"
          returnPath="/"
          {...consentWish()}
          onError={setFailure}
        >
          {connect}
        </ConnectButton>
      </div>
      {failure !== undefined && <ErrorState alert error={failure} signingIn />}
    </section>
  )
}
