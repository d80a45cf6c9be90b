/** The currency of the figures of a page, and their organization if there are several. */
import type { ReactNode } from 'react'
import { useOrganizations } from '../../data/organizations.tsx'
import { browserTimeZone } from '../../format/calendar-day.ts'
import { useMessages } from '../../messages/use-messages.ts'

export function AmountsLine(): ReactNode {
  const { metrics: words } = useMessages()
  const { all, chosen } = useOrganizations()
  const several = all !== undefined && all.length > 1 && chosen === undefined
  const say = several ? words.amountsOfAll : words.amounts
  return <p className="pc-muted pc-small">{say(browserTimeZone())}</p>
}
