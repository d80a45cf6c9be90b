/** Permissions that the app can use and does not hold: the person picks, Polar asks again. */
import { useConnection } from '@polar-connect/react'
import { DEFAULT_SCOPES, describeScope, type Connection } from '@polar-connect/protocol'
import { useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useMessages } from '../../messages/use-messages.ts'
import { ErrorState } from '../../states/error-state.tsx'

/** What the app can use at most: all that it asks for, and creating links. */
const USABLE: readonly string[] = [...DEFAULT_SCOPES, 'checkout_links:write']

export function AddPermissions({ connection }: { readonly connection: Connection }): ReactNode {
  const { connection: words } = useMessages()
  const { stepUp } = useConnection()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<unknown>()
  const denied = (useLocation().state as { denied?: boolean } | null)?.denied === true
  const usable = new Set([...connection.requested_scopes, ...USABLE])
  const addable = [...usable].filter((scope) => !connection.scopes.includes(scope))
  const none = chosen.length === 0

  function toggle(scope: string, checked: boolean): void {
    setChosen((before) =>
      checked ? [...before, scope] : before.filter((other) => other !== scope),
    )
  }

  return (
    <section className="pc-card" aria-labelledby="add">
      <h2 id="add">{words.add}</h2>
      {denied && <p role="status">{words.denied}</p>}
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
                {describeScope(scope).words}
              </label>
            ))}
          </fieldset>
          <div className="pc-actions">
            <button
              type="button"
              className="pc-button"
              aria-disabled={none}
              aria-describedby={none ? 'add-hint' : undefined}
              onClick={() => {
                if (!none) void stepUp(chosen).catch(setFailure)
              }}
            >
              {words.addButton}
            </button>
            {none && (
              <span id="add-hint" className="pc-muted pc-small">
                {words.addHint}
              </span>
            )}
          </div>
        </>
      )}
      {failure !== undefined && <ErrorState alert error={failure} />}
    </section>
  )
}
