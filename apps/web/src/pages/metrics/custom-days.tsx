/** The first and the last day of a custom period, checked at each change. */
import { useId, useState, type ReactNode } from 'react'
import { readSpan, type TypedSpan } from '../../data/period.ts'
import { formatDay, isCalendarDay, type CalendarDay } from '../../format/calendar-day.ts'
import { useLocale } from '../../messages/use-locale.ts'
import { useMessages } from '../../messages/use-messages.ts'

type Ends = Readonly<Record<'from' | 'to', string>>

interface CustomDaysProps {
  /** As the address has them. */
  readonly days: Ends
  /** Before it Polar has no figures. */
  readonly earliest: string | undefined
  readonly today: CalendarDay
  /** Called at each change, with days that make a period, or with none while they do not. */
  readonly onChange: (days: Ends | undefined) => void
}

/** The address keeps the last valid days: while people type a year, it is `0002` for a moment. */
export function CustomDays({ days, earliest, today, onChange }: CustomDaysProps): ReactNode {
  const { periods } = useMessages()
  const problemId = useId()
  const [typed, setTyped] = useState(days)
  const [seen, setSeen] = useState(days)
  // Changed from outside: the Back button.
  if (days.from !== seen.from || days.to !== seen.to) {
    setSeen(days)
    setTyped(days)
  }
  const read = readSpan(typed.from, typed.to, today, earliest)
  const problem = useProblem(read, earliest)

  function type(name: 'from' | 'to', value: string): void {
    const next = { ...typed, [name]: value }
    setTyped(next)
    const valid = typeof readSpan(next.from, next.to, today, earliest) === 'object'
    onChange(valid ? next : undefined)
  }

  return (
    <div className="pc-metrics-days">
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="pc-field">
          <span>{periods[name]}</span>
          <input
            type="date"
            className="pc-input"
            value={typed[name]}
            min={earliest}
            max={today}
            aria-invalid={problem !== undefined || undefined}
            aria-describedby={problemId}
            onChange={(event) => type(name, event.target.value)}
          />
        </label>
      ))}
      <p id={problemId} className="pc-problem" role="alert">
        {problem}
      </p>
    </div>
  )
}

function useProblem(read: TypedSpan, earliest: string | undefined): string | undefined {
  const { problems } = useMessages().periods
  const locale = useLocale()
  if (typeof read === 'object') return undefined
  if (read !== 'too_early') return problems[read]
  return problems.too_early(
    isCalendarDay(earliest ?? '') ? formatDay(earliest as CalendarDay, locale) : '',
  )
}
