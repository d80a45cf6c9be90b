/** What the columns and facts of a resource need. */
import { useLocation } from 'react-router'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { View } from './resource.ts'
import { addressOf, type ResourceRow } from './table.ts'

/** @param row of the list itself: Back can lead to no other place. */
export function useView(row?: ResourceRow): View {
  const messages = useMessages()
  const locale = useLocale()
  const { pathname, search } = useLocation()
  const from = row && pathname === addressOf(row) ? { list: search } : undefined
  return { messages, locale, from }
}
