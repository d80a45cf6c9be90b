/** The control of one filter of a list. */
import { useScope } from '@polar-connect/react'
import type { ReactNode } from 'react'
import { useProductChoices } from '../data/use-product-choices.ts'
import { useMessages } from '../messages/use-messages.ts'
import { SelectFilter } from '../parts/select-filter.tsx'
import type { Filter } from './resource.ts'

interface FilterControlProps {
  readonly filter: Filter
  /** Empty if it is not set. */
  readonly value: string
  /** Whether the list itself is there: it comes before what a filter has to load. */
  readonly isReady: boolean
  readonly onChange: (value: string) => void
}

export function FilterControl({ filter, ...rest }: FilterControlProps): ReactNode {
  const messages = useMessages()
  const { value, onChange } = rest
  switch (filter.kind) {
    case 'choice': {
      const options = filter.values.map((each) => ({
        value: each,
        name: filter.name(each, messages),
      }))
      return (
        <SelectFilter
          label={filter.label(messages)}
          value={value}
          options={options}
          onChange={onChange}
        />
      )
    }
    case 'flag':
      return (
        <label className="pc-check">
          <input
            type="checkbox"
            checked={value !== ''}
            onChange={({ target }) => onChange(target.checked ? '1' : '')}
          />
          {filter.label(messages)}
        </label>
      )
    case 'product':
      return <ProductFilter {...rest} />
  }
}

type ProductFilterProps = Omit<FilterControlProps, 'filter'>

function ProductFilter({ value, isReady, onChange }: ProductFilterProps): ReactNode {
  const { orders } = useMessages()
  // Polar counts the calls of all users of an app together: the list goes first.
  const enabled = useScope('products:read') && isReady
  const { data } = useProductChoices({ archived: true, enabled })
  return (
    <SelectFilter
      label={orders.columns.product}
      value={value}
      options={(data?.choices ?? []).map(({ id, name }) => ({ value: id, name }))}
      onChange={onChange}
    />
  )
}
