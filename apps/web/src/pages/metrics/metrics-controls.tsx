/** Which days, cut into what, and of which product. */
import { useId, useState, type ReactNode } from 'react'
import { DEFAULT_PERIOD, INTERVALS, intervalOf, PERIOD_NAMES, toSpan } from '../../data/period.ts'
import { formatDay, isCalendarDay, type CalendarDay } from '../../format/calendar-day.ts'
import { useLocale, useMessages } from '../../messages/use-messages.ts'
import { Segments } from '../../parts/segments.tsx'
import { SelectFilter } from '../../parts/select-filter.tsx'
import type { MetricsAddress } from './metrics-address.ts'

interface MetricsControlsProps {
  readonly asked: MetricsAddress
  readonly today: CalendarDay
  /** Before it Polar has no figures. */
  readonly earliest: string | undefined
  readonly products: readonly { readonly id: string; readonly name: string }[]
  /** Puts these members into the address; one that is undefined is taken out. */
  readonly onChange: (members: Readonly<Record<string, string | undefined>>) => void
}

export function MetricsControls(props: MetricsControlsProps): ReactNode {
  const { asked, today, earliest, products, onChange } = props
  const { periods, metrics: words } = useMessages()
  const names = PERIOD_NAMES.map((value) => ({ value, name: periods.names[value] }))
  const { from, to } = asked
  return (
    <div className="pc-metrics-controls">
      <Segments
        legend={periods.legend}
        options={[...names, { value: 'custom' as const, name: periods.custom }]}
        value={asked.period}
        onChange={(period) =>
          onChange(
            period === 'custom'
              ? { period, from, to, interval: undefined }
              : {
                  period: period === DEFAULT_PERIOD ? undefined : period,
                  from: undefined,
                  to: undefined,
                  interval: undefined,
                },
          )
        }
      />
      {asked.period === 'custom' && (
        <CustomDays days={{ from, to }} earliest={earliest} today={today} onChange={onChange} />
      )}
      <IntervalSelect asked={asked} onChange={onChange} />
      <SelectFilter
        label={words.product}
        value={asked.productId ?? ''}
        options={products.map(({ id, name }) => ({ value: id, name }))}
        onChange={(product) => onChange({ product })}
      />
    </div>
  )
}

type IntervalSelectProps = Pick<MetricsControlsProps, 'asked' | 'onChange'>

function IntervalSelect({ asked, onChange }: IntervalSelectProps): ReactNode {
  const { periods } = useMessages()
  const [id, hint] = [useId(), useId()]
  const { question, refused, period } = asked
  const usual = period === 'custom' ? undefined : intervalOf(period)
  const allowed = INTERVALS.filter((interval) => !refused.includes(interval))
  const explained = refused.length > 0 && allowed.length > 0
  return (
    <div className="pc-field">
      <label htmlFor={id}>{periods.interval}</label>
      <select
        id={id}
        className="pc-input"
        value={question?.interval ?? usual ?? 'day'}
        aria-describedby={explained ? hint : undefined}
        onChange={({ target: { value } }) =>
          onChange({ interval: value === usual ? undefined : value })
        }
      >
        {INTERVALS.map((interval) => (
          <option key={interval} value={interval} disabled={refused.includes(interval)}>
            {periods.intervals[interval]}
          </option>
        ))}
      </select>
      {explained && (
        <small id={hint} className="pc-muted">
          {periods.refused(refused, allowed)}
        </small>
      )}
    </div>
  )
}

type Ends = Readonly<Record<'from' | 'to', string>>

interface CustomDaysProps {
  /** As the address has them. */
  readonly days: Ends
  readonly earliest: string | undefined
  readonly today: CalendarDay
  readonly onChange: (days: Ends) => void
}

/** Days go into the address once they make a period: on the way to a year, somebody types `0002`. */
function CustomDays({ days, earliest, today, onChange }: CustomDaysProps): ReactNode {
  const { periods } = useMessages()
  const locale = useLocale()
  const problem = useId()
  const [typed, setTyped] = useState(days)
  const [seen, setSeen] = useState(days)
  const [left, setLeft] = useState(true)
  // Changed by others: the Back button.
  if (days.from !== seen.from || days.to !== seen.to) {
    setSeen(days)
    setTyped(days)
  }
  const isPeriod = ({ from, to }: Ends) => toSpan(from, to, earliest) !== undefined && to <= today
  const wrong = left && !isPeriod(typed)

  function type(name: 'from' | 'to', value: string): void {
    const next = { ...typed, [name]: value }
    setTyped(next)
    setLeft(false)
    if (isPeriod(next)) onChange(next)
  }

  const first = earliest !== undefined && isCalendarDay(earliest) ? earliest : undefined
  return (
    <div className="pc-metrics-days">
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="pc-field">
          {periods[name]}
          <input
            type="date"
            className="pc-input"
            value={typed[name]}
            min={earliest}
            max={today}
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? problem : undefined}
            onChange={(event) => type(name, event.target.value)}
            onBlur={() => setLeft(true)}
          />
        </label>
      ))}
      {wrong && (
        <p id={problem} className="pc-problem" role="alert">
          {periods.wrong(first && formatDay(first, locale))}
        </p>
      )}
    </div>
  )
}
