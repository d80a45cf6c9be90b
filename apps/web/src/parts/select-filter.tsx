/** One value to narrow a list by, or all of them. */
import { useId, type ReactNode } from 'react'
import { shortId } from '../format/id.ts'
import { useMessages } from '../messages/use-messages.ts'

interface SelectFilterProps {
  readonly label: string
  /** The word for all of them. `All` by default. */
  readonly all?: string
  /** Empty for all. */
  readonly value: string
  readonly options: readonly { readonly value: string; readonly name: string }[]
  readonly onChange: (value: string) => void
}

export function SelectFilter(props: SelectFilterProps): ReactNode {
  const { label, value, options, onChange } = props
  const id = useId()
  const { all: every } = useMessages().lists
  const { all = every } = props
  // A value of the address that was not loaded.
  const unknown = value !== '' && !options.some((option) => option.value === value)
  return (
    <div className="pc-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="pc-input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{all}</option>
        {unknown && <option value={value}>{shortId(value)}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
