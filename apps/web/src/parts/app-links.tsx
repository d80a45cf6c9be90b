/** The app's own pages on privacy, terms and help, if it has them. */
import type { ReactNode } from 'react'
import { ADDRESSES } from '../facts.ts'
import { useFrontMessages } from '../messages/use-front-messages.ts'

export function AppLinks(): ReactNode {
  const { appLinks } = useFrontMessages()
  const links = (['privacy', 'terms', 'help'] as const).filter((each) => ADDRESSES[each])
  if (links.length === 0) return null
  return (
    <ul className="pc-app-links">
      {links.map((each) => (
        <li key={each}>
          <a href={ADDRESSES[each]}>{appLinks[each]}</a>
        </li>
      ))}
    </ul>
  )
}
