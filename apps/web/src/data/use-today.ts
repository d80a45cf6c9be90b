/** The day that it is: by the server's clock, and by the calendar where the person is. */
import { useConnection } from '@polar-connect/react'
import { browserTimeZone, dayAt, type CalendarDay } from '../format/calendar-day.ts'

export function useToday(): CalendarDay {
  const { serverNow } = useConnection()
  return dayAt(serverNow(), browserTimeZone())
}
