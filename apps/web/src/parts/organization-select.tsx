/** Chooses which of a person's organizations the pages show. */
import { useId, type ReactNode } from 'react'
import { useOrganizations } from '../data/organizations.tsx'
import { useMessages } from '../messages/use-messages.ts'

export function OrganizationSelect(): ReactNode {
  const { organizations: words } = useMessages()
  const { all, chosen, choose } = useOrganizations()
  const id = useId()
  // With one there is nothing to choose.
  if (all === undefined || all.length < 2) return null
  return (
    <div className="pc-field pc-organization">
      <label htmlFor={id}>{words.label}</label>
      <select
        id={id}
        className="pc-input"
        value={chosen?.slug ?? ''}
        onChange={({ target }) => choose(target.value || undefined)}
      >
        <option value="">{words.all}</option>
        {all.map(({ id: each, slug, name }) => (
          <option key={each} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
