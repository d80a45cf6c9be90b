/** The day that it is: by the server's clock, and by the calendar where the person is. */
import { browserTimeZone, dayAt, type CalendarDay } from '../format/calendar-day.ts'
import { useSession } from './use-session.ts'

export function useToday(): CalendarDay {
  const { serverNow } = useSession()
  return dayAt(serverNow(), browserTimeZone())
}
