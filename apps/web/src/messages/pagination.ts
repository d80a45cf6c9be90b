/** The way from page to page of a list. */
import { number } from './counting.ts'

export const pagination = {
  label: 'Pagination',
  first: 'First page',
  previous: 'Previous page',
  next: 'Next page',
  last: 'Last page',
  page: 'Page',
  of: (pages: number) => `of ${number(pages)}`,
  rows: 'Rows',
  /** The table after a change of page: `Orders table, page 3 of 250`. */
  turned: (table: string, page: number, pages: number) =>
    `${table}, page ${number(page)} of ${number(pages)}`,
  noPrevious: 'This is the first page.',
  noNext: 'This is the last page.',
}
