/** A moment, for people and for machines. */
import type { ReactNode } from 'react'
import { formatDate, formatDateTime, formatMoment, formatRelative } from '../format/dates.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import { NotProvided } from './not-provided.tsx'

interface TimeProps {
  readonly iso: string
  /** `row` adds the time, `full` the zone too. `day` shows the date, and its title has the time. */
  readonly form?: 'date' | 'day' | 'row' | 'full'
}

export function Time({ iso, form = 'date' }: TimeProps): ReactNode {
  const locale = useLocale()
  // An answer may lack it, even if the types say otherwise.
  if (Number.isNaN(Date.parse(iso))) return <NotProvided />
  if (form === 'date') return <time dateTime={iso}>{formatDate(iso, locale)}</time>
  if (form === 'full') return <time dateTime={iso}>{formatDateTime(iso, locale)}</time>
  const moment = formatMoment(iso, locale)
  if (form === 'row') return <time dateTime={iso}>{moment}</time>
  return (
    <time dateTime={iso} title={moment}>
      <span aria-hidden="true">{formatDate(iso, locale)}</span>
      <span className="pc-visually-hidden">{moment}</span>
    </time>
  )
}

/** `2 minutes ago`, with the exact moment as its title. */
export function TimeAgo({ iso, now }: { readonly iso: string; readonly now: number }): ReactNode {
  const locale = useLocale()
  const { inBrackets } = useMessages()
  const absolute = formatDateTime(iso, locale)
  return (
    <time dateTime={iso} title={absolute}>
      <span>{formatRelative(iso, now, locale)}</span>{' '}
      <span className="pc-visually-hidden">{inBrackets(absolute)}</span>
    </time>
  )
}
