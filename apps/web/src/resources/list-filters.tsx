/** The search of a list, and its filters. */
import type { ReactNode } from 'react'
import type { Identified } from '../data/list-page.ts'
import type { ListAddress, ListQuery } from '../data/list-address.ts'
import { useMessages } from '../messages/use-messages.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { FilterChips, FilterControl } from './filter-control.tsx'
import type { Resource, ResourceWords } from './resource.ts'

interface ListFiltersProps {
  readonly resource: Resource<Identified>
  readonly query: ListQuery
  /** What the search looks at. Undefined if there is none. */
  readonly hint: string | undefined
  /** Whether the list has loaded. */
  readonly isReady: boolean
  readonly change: ListAddress['change']
  /** Enter in the search. */
  readonly onEnter: () => void
}

export function ListFilters(props: ListFiltersProps): ReactNode {
  const { resource, query, hint, isReady, change, onEnter } = props
  const { search }: ResourceWords = useMessages()[resource.name]
  const onChange = (filters: Readonly<Record<string, string>>) => change({ filters })
  const filters = Object.entries(resource.filters)
  if (hint === undefined && filters.length === 0) return null
  return (
    <div role="search" className="pc-filters">
      {hint !== undefined && search !== undefined && (
        <SearchBox
          label={search}
          hint={hint}
          value={query.search}
          onSearch={(words) => change({ search: words }, { replace: true })}
          onEnter={onEnter}
        />
      )}
      {filters.map(([name, filter]) => (
        <FilterControl
          key={name}
          name={name}
          filter={filter}
          values={query.filters}
          isReady={isReady}
          onChange={onChange}
        />
      ))}
      <FilterChips filters={resource.filters} values={query.filters} onChange={onChange} />
    </div>
  )
}
