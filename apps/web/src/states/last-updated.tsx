/** The age of the data on the page, while there is no network. */
import type { ReactNode } from 'react'
import { useOffline } from '../data/use-network.ts'
import { formatClock } from '../format/dates.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'

/** @param props.at milliseconds since the epoch by this computer's clock. */
export function LastUpdated({ at }: { readonly at: number }): ReactNode {
  const { lastUpdated } = useMessages()
  const locale = useLocale()
  if (!useOffline()) return null
  return <p className="pc-muted pc-small">{lastUpdated(formatClock(at, locale))}</p>
}
