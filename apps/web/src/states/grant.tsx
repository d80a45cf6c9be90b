/** Asks for the permissions of a part of a page, in one consent that leads back here. */
import type { Scope } from '@polar-connect/protocol'
import { useConnection, useOpening } from '@polar-connect/react'
import { useId, type ReactNode } from 'react'
import { decideStepUp, NOT_ENABLED_ERROR, useStepUpReturn } from '../data/step-ups.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ErrorState } from './error-state.tsx'

interface GrantProps {
  readonly scopes: readonly Scope[]
  /** `Allow access` */
  readonly label: string
  readonly hint: string
  /** Says whether Polar may be opened now. */
  readonly onBefore?: () => boolean
  readonly primary?: boolean
  /** Its text after a denial; false if the page has one. */
  readonly denied?: string | false
  /** Other actions. */
  readonly children?: ReactNode
}

export function Grant(props: GrantProps): ReactNode {
  const { scopes, label, hint, onBefore, primary = false, denied, children } = props
  const { connection, opening: openingPolar } = useMessages()
  const { stepUp } = useConnection()
  const back = useStepUpReturn()
  const decided = decide(scopes)
  const id = useId()
  const { opening, failure, open } = useOpening(() => stepUp(scopes))

  function grant(): void {
    if (!opening && onBefore?.() !== false) open()
  }

  if (decided === 'not_enabled') {
    return (
      <>
        <ErrorState error={NOT_ENABLED_ERROR} />
        <div className="pc-actions">{children}</div>
      </>
    )
  }
  return (
    <>
      {denied !== false && (decided === 'asked_enough' || back?.failure === 'denied') && (
        <p role="status">{denied ?? connection.denied}</p>
      )}
      {decided === 'ask' && (
        <p id={id} className="pc-muted pc-small">
          {hint}
        </p>
      )}
      {failure !== undefined && <ErrorState alert error={failure} />}
      <div className="pc-actions">
        {decided === 'ask' && (
          <button
            type="button"
            className={primary ? 'pc-button pc-button--primary' : 'pc-button'}
            aria-disabled={opening}
            aria-describedby={id}
            onClick={grant}
          >
            {opening ? openingPolar : label}
          </button>
        )}
        {children}
      </div>
    </>
  )
}

/** If one of them cannot be asked for, none is: it is one consent. */
function decide(scopes: readonly Scope[]): ReturnType<typeof decideStepUp> {
  const decided = scopes.map(decideStepUp)
  return (
    decided.find((each) => each === 'not_enabled') ??
    decided.find((each) => each !== 'ask') ??
    'ask'
  )
}
