/** Permissions that the app can use and does not have. The person picks some, and Polar asks again. */
import { useConnection } from '@polar-connect/react'
import { DEFAULT_SCOPES, describeScope, hasScope, type Connection } from '@polar-connect/protocol'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useStepUpReturn } from '../../data/step-ups.ts'
import { useSession } from '../../data/use-session.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Card } from '../../parts/card.tsx'
import { SCREENS } from '../../resources/table.ts'
import { WriteButton } from '../../parts/write-button.tsx'
import { ErrorState } from '../../states/error-state.tsx'

/** Those that the app has pages for. */
const USABLE: readonly string[] = [
  ...DEFAULT_SCOPES,
  ...SCREENS.flatMap(({ scope }) => scope ?? []),
  'checkout_links:write',
  'refunds:read',
]

export function AddPermissions({ connection }: { readonly connection: Connection }): ReactNode {
  const { connection: words } = useMessages()
  const { stepUp } = useConnection()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<unknown>()
  const { asks } = useSession()
  const { hash } = useLocation()
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    // After the heading of the page, which has gone to the top.
    if (hash === '#add') section.current?.scrollIntoView()
  }, [hash])
  const back = useStepUpReturn()
  const usable = USABLE.filter((scope) => asks.allowed_scopes.includes(scope))
  const addable = [...new Set([...asks.scopes, ...usable])].filter(
    (scope) => !hasScope(connection.scopes, scope),
  )
  const none = chosen.length === 0

  function toggle(scope: string, checked: boolean): void {
    setChosen((before) =>
      checked ? [...before, scope] : before.filter((other) => other !== scope),
    )
  }

  return (
    <Card title={words.add} id="add" ref={section}>
      {back?.failure === 'denied' && <Denied />}
      {back?.failure === 'not_enabled' && <ErrorState alert error={back.error} />}
      {addable.length === 0 ? (
        <p className="pc-muted">{words.addNone}</p>
      ) : (
        <>
          <fieldset className="pc-choices">
            <legend className="pc-visually-hidden">{words.add}</legend>
            {addable.map((scope) => (
              <label key={scope} className="pc-choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(scope)}
                  onChange={(event) => toggle(scope, event.currentTarget.checked)}
                />
                <span>{describeScope(scope).label}</span>
              </label>
            ))}
          </fieldset>
          <div className="pc-actions">
            <WriteButton
              reason={none ? words.addHint : undefined}
              reasonShown
              onClick={() => void stepUp(chosen).catch(setFailure)}
            >
              {words.addButton}
            </WriteButton>
          </div>
        </>
      )}
      {failure !== undefined && <ErrorState alert error={failure} />}
    </Card>
  )
}

/** The result of the way to Polar. It takes the focus. */
function Denied(): ReactNode {
  const { denied } = useMessages().connection
  const news = useRef<HTMLParagraphElement>(null)
  useEffect(() => news.current?.focus(), [])
  return (
    <p ref={news} role="status" tabIndex={-1}>
      {denied}
    </p>
  )
}
