/** Texts that all lists of records share. */
import type { SearchNote } from '../data/list-page.ts'

export const lists = {
  noMatches: 'No matches',
  noMatchesFor: (things: string, search: string) => `No ${things} for "${search}".`,
  noMatchesFiltered: (things: string) => `No ${things} with these filters.`,
  searching: 'Searching…',
  clearFilters: 'Clear filters',
  all: 'All',
  notes: {
    customers: (things: string) =>
      `Showing ${things} of the first 50 matching customers. Type more to narrow it down.`,
    first: (things: string) =>
      `Showing the first 200 matching ${things}. Type more to narrow it down.`,
    latest: (things: string) => `Looked through the latest 500 ${things}.`,
  } satisfies Record<SearchNote, (things: string) => string>,
  dates: 'Dates',
  removeDates: 'Remove dates',
  datesWrong: 'The start date must be before the end date.',
  days(from: string | undefined, to: string | undefined): string {
    if (from === undefined) return `Until ${to}`
    if (to === undefined) return `From ${from}`
    return from === to ? from : `${from} to ${to}`
  },
  sortBy: 'Sort by',
  sortAscending: (column: string) => `${column}, ascending`,
  sortDescending: (column: string) => `${column}, descending`,
  actions: 'Actions',
  actionsFor: (name: string) => `Actions for ${name}`,
  openInPolar: 'Open in Polar',
}
