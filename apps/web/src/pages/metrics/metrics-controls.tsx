/** The days, the interval, the product, and whether to compare. */
import { useId, type ReactNode } from 'react'
import { DEFAULT_PERIOD, INTERVALS, PERIOD_NAMES } from '../../data/period.ts'
import type { CalendarDay } from '../../format/calendar-day.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Segments } from '../../parts/segments.tsx'
import { SelectFilter } from '../../parts/select-filter.tsx'
import { ComparisonLine } from '../periods/comparison-line.tsx'
import { CustomDays } from './custom-days.tsx'
import type { MetricsAddress } from './metrics-address.ts'

interface MetricsControlsProps {
  readonly asked: MetricsAddress
  readonly today: CalendarDay
  /** Before it Polar has no figures. */
  readonly earliest: string | undefined
  readonly products: readonly { readonly id: string; readonly name: string }[]
  /** Puts these members into the address. An undefined one is removed. */
  readonly onChange: (members: Readonly<Record<string, string | undefined>>) => void
  /** Called with whether the days in the fields make a period. */
  readonly onTyped: (valid: boolean) => void
}

export function MetricsControls(props: MetricsControlsProps): ReactNode {
  const { asked, today, earliest, products, onChange, onTyped } = props
  const { periods, metrics: words } = useMessages()
  const names = PERIOD_NAMES.map((value) => ({ value, name: periods.names[value] }))
  const { from, to, span, comparison, wantsComparison } = asked
  return (
    <div className="pc-stack">
      <Segments
        legend={periods.legend}
        options={[...names, { value: 'custom' as const, name: periods.custom }]}
        value={asked.period}
        onChange={(period) => {
          onTyped(true)
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
        }}
      />
      {wantsComparison && comparison !== undefined && typeof span === 'object' && (
        <ComparisonLine comparison={comparison} end={span.to} today={today} />
      )}
      <div className="pc-metrics-controls">
        <IntervalSelect asked={asked} onChange={onChange} />
        <SelectFilter
          label={words.product}
          all={words.allProducts}
          value={asked.productId ?? ''}
          options={products.map(({ id, name }) => ({ value: id, name }))}
          onChange={(product) => onChange({ product })}
        />
        {asked.period === 'custom' && (
          <CustomDays
            days={{ from, to }}
            earliest={earliest}
            today={today}
            onChange={(days) => {
              onTyped(days !== undefined)
              if (days) onChange(days)
            }}
          />
        )}
        <label className="pc-check">
          <input
            type="checkbox"
            checked={wantsComparison}
            onChange={({ target }) => onChange({ compare: target.checked ? undefined : 'off' })}
          />
          <span>{periods.compare}</span>
        </label>
      </div>
    </div>
  )
}

type IntervalSelectProps = Pick<MetricsControlsProps, 'asked' | 'onChange'>

function IntervalSelect({ asked: address, onChange }: IntervalSelectProps): ReactNode {
  const { periods } = useMessages()
  const [id, hint] = [useId(), useId()]
  const { question, refused, asked, usual } = address
  const shown = question?.interval ?? asked
  const why = refused[asked]
  return (
    <div className="pc-field">
      <label htmlFor={id}>{periods.interval}</label>
      <select
        id={id}
        className="pc-input"
        value={shown}
        aria-describedby={hint}
        onChange={({ target: { value } }) =>
          onChange({ interval: value === usual ? undefined : value })
        }
      >
        {INTERVALS.map((interval) => (
          <option key={interval} value={interval} disabled={refused[interval] !== undefined}>
            {periods.intervals[interval]}
          </option>
        ))}
      </select>
      <small id={hint} className="pc-muted">
        {why && shown !== asked && periods[why](asked, shown)}
      </small>
    </div>
  )
}
