/** A few choices side by side, one of them chosen: radio buttons that look like one control. */
import { useId, type ReactNode } from 'react'

interface SegmentsProps<Value extends string> {
  readonly legend: string
  readonly options: readonly { readonly value: Value; readonly name: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

export function Segments<Value extends string>(props: SegmentsProps<Value>): ReactNode {
  const { legend, options, value, onChange } = props
  const group = useId()
  return (
    <fieldset className="pc-segments">
      <legend>{legend}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={group}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
