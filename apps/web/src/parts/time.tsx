/** A moment, for people and for machines. */
import type { ReactNode } from 'react'
import { formatDate, formatDateTime, formatRelative } from '../format/dates.ts'
import { useLocale } from '../messages/use-messages.ts'
import { NotProvided } from './not-provided.tsx'

interface TimeProps {
  readonly iso: string
  readonly withTime?: boolean
}

export function Time({ iso, withTime }: TimeProps): ReactNode {
  const locale = useLocale()
  // What comes over the wire may lack it, whatever the types say.
  if (Number.isNaN(Date.parse(iso))) return <NotProvided />
  return <time dateTime={iso}>{(withTime ? formatDateTime : formatDate)(iso, locale)}</time>
}

/** `2 minutes ago`, with the moment itself beside it for whoever asks. */
export function TimeAgo({ iso, now }: { readonly iso: string; readonly now: number }): ReactNode {
  const locale = useLocale()
  const absolute = formatDateTime(iso, locale)
  return (
    <time dateTime={iso} title={absolute}>
      {formatRelative(iso, now, locale)}
      <span className="pc-visually-hidden"> ({absolute})</span>
    </time>
  )
}
