/** The days of a list: a named period, or a first and a last day. */
import { useId, useRef, useState, type ReactNode } from 'react'
import { PERIOD_NAMES, spanOf } from '../data/period.ts'
import { useToday } from '../data/use-today.ts'
import { formatDay, isCalendarDay, type CalendarDay } from '../format/calendar-day.ts'
import { useLocale } from '../messages/use-locale.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Icon } from './icon.tsx'

/** Either may be open. */
export interface Days {
  readonly from?: CalendarDay | undefined
  readonly to?: CalendarDay | undefined
}

interface DatesFilterProps {
  readonly days: Days
  readonly onChange: (days: Days) => void
}

export function DatesFilter({ days, onChange }: DatesFilterProps): ReactNode {
  const { lists, periods } = useMessages()
  const today = useToday()
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <div className="pc-dates">
      <button
        type="button"
        className="pc-button"
        aria-expanded={open}
        aria-controls={id}
        popoverTarget={id}
      >
        <Icon name="calendar" size={16} />
        <span>{lists.dates}</span>
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="pc-menu pc-dates__panel"
        role="group"
        aria-label={lists.dates}
        onToggle={({ newState, currentTarget }) => {
          setOpen(newState === 'open')
          if (newState === 'open') currentTarget.querySelector('button')?.focus()
        }}
      >
        <div className="pc-dates__presets">
          {PERIOD_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              className="pc-menu__item"
              onClick={() => {
                onChange(spanOf(name, today))
                panel.current?.hidePopover()
              }}
            >
              {periods.names[name]}
            </button>
          ))}
        </div>
        <DayFields days={days} today={today} onChange={onChange} />
      </div>
    </div>
  )
}

interface DayFieldsProps extends DatesFilterProps {
  readonly today: CalendarDay
}

/** Each change is used as soon as it is valid. */
function DayFields({ days, today, onChange }: DayFieldsProps): ReactNode {
  const { lists, periods } = useMessages()
  const id = useId()
  const [typed, setTyped] = useState<Days>()
  const { from, to } = typed ?? days
  const wrong = from !== undefined && to !== undefined && from > to

  function change(name: 'from' | 'to', value: string): void {
    const next: Days = { from, to, [name]: isCalendarDay(value) ? value : undefined }
    const fits = next.from === undefined || next.to === undefined || next.from <= next.to
    setTyped(fits ? undefined : next)
    if (fits) onChange(next)
  }

  return (
    <div className="pc-dates__fields">
      {(['from', 'to'] as const).map((name) => (
        <div key={name} className="pc-field">
          <label htmlFor={`${id}-${name}`}>{periods[name]}</label>
          <input
            id={`${id}-${name}`}
            type="date"
            className="pc-input"
            max={today}
            value={(name === 'from' ? from : to) ?? ''}
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            onChange={({ target }) => change(name, target.value)}
          />
        </div>
      ))}
      {wrong && (
        <p id={`${id}-wrong`} className="pc-problem" role="status">
          {lists.datesWrong}
        </p>
      )}
    </div>
  )
}

interface DatesChipProps {
  readonly days: Days
  readonly onRemove: () => void
}

/** The chosen days, with a button that removes them. */
export function DatesChip({ days: { from, to }, onRemove }: DatesChipProps): ReactNode {
  const { lists } = useMessages()
  const locale = useLocale()
  if (from === undefined && to === undefined) return null
  const words = lists.days(from && formatDay(from, locale), to && formatDay(to, locale))
  return (
    <Chip remove={lists.removeDates} onRemove={onRemove}>
      {words}
    </Chip>
  )
}

interface ChipProps {
  /** `Remove dates` */
  readonly remove: string
  readonly onRemove: () => void
  readonly children: ReactNode
}

/** A filter that is set and has no visible field. */
export function Chip({ remove, onRemove, children }: ChipProps): ReactNode {
  return (
    <span className="pc-chip">
      <bdi>{children}</bdi>
      <button type="button" aria-label={remove} title={remove} onClick={onRemove}>
        <Icon name="close" size={16} />
      </button>
    </span>
  )
}
