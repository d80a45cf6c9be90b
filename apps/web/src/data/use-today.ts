/** Today, by the server's clock and the calendar of the browser's zone. */
import { browserTimeZone, dayAt, type CalendarDay } from '../format/calendar-day.ts'
import { useSession } from './use-session.ts'

export function useToday(): CalendarDay {
  const { serverNow } = useSession()
  return dayAt(serverNow(), browserTimeZone())
}
