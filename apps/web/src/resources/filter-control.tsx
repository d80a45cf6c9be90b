/** The filters of a list: their controls, and the ones that are set. */
import { useConnection, usePolar, useScope } from '@polar-connect/react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { customerName } from '../data/customer-name.ts'
import { useProductChoices } from '../data/use-product-choices.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { CalendarDay } from '../format/calendar-day.ts'
import { Chip, DatesChip, DatesFilter, type Days } from '../parts/dates-filter.tsx'
import { SelectFilter } from '../parts/select-filter.tsx'
import type { Filter } from './resource.ts'

interface FilterControlProps {
  /** Its name in the address. */
  readonly name: string
  readonly filter: Filter
  /** Of all filters, by name. A filter that is not set is missing. */
  readonly values: Readonly<Record<string, string>>
  /** Whether the list has loaded. Only then filters load what they need. */
  readonly isReady: boolean
  /** Empty takes a filter away. */
  readonly onChange: (values: Readonly<Record<string, string>>) => void
}

export function FilterControl(props: FilterControlProps): ReactNode {
  const { name, filter, values, isReady } = props
  const messages = useMessages()
  const value = values[name] ?? ''
  const onChange = (next: string) => props.onChange({ [name]: next })
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
          <span>{filter.label(messages)}</span>
        </label>
      )
    case 'product':
      return <ProductFilter value={value} isReady={isReady} onChange={onChange} />
    case 'customer':
      return null
    case 'dates':
      return (
        <DatesFilter days={toDays(values)} onChange={(days) => props.onChange(fromDays(days))} />
      )
  }
}

interface FilterChipsProps extends Pick<FilterControlProps, 'values' | 'onChange'> {
  readonly filters: Readonly<Record<string, Filter>>
}

/** A filter that is set and has no visible field. */
export function FilterChips({ filters, values, onChange }: FilterChipsProps): ReactNode {
  const kinds = new Set(Object.values(filters).map(({ kind }) => kind))
  const { customer } = values
  return (
    <>
      {kinds.has('dates') && (
        <DatesChip days={toDays(values)} onRemove={() => onChange(fromDays({}))} />
      )}
      {kinds.has('customer') && customer !== undefined && (
        <CustomerChip id={customer} onRemove={() => onChange({ customer: '' })} />
      )}
    </>
  )
}

function CustomerChip({ id, onRemove }: { readonly id: string; readonly onRemove: () => void }) {
  const { customers: words } = useMessages()
  const polar = usePolar()
  const { connection } = useConnection()
  const { data } = useQuery({
    queryKey: ['customers', connection?.id, 'item', id],
    queryFn: () => polar.customers.get(id),
    enabled: useScope('customers:read') && connection !== undefined,
  })
  return (
    <Chip remove={words.removeChip} onRemove={onRemove}>
      {words.chip(customerName(data ?? { id }))}
    </Chip>
  )
}

function toDays({ from, to }: Readonly<Record<string, string>>): Days {
  return { from: from as CalendarDay | undefined, to: to as CalendarDay | undefined }
}

function fromDays({ from, to }: Days): Readonly<Record<string, string>> {
  return { from: from ?? '', to: to ?? '' }
}

interface ProductFilterProps {
  readonly value: string
  readonly isReady: boolean
  readonly onChange: (value: string) => void
}

function ProductFilter({ value, isReady, onChange }: ProductFilterProps): ReactNode {
  const { orders } = useMessages()
  // All users of an app share Polar's limit of calls: the list goes first.
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
