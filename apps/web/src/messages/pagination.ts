/** From page to page of a list. */
import { number } from './counting.ts'

export const pagination = {
  label: 'Pagination',
  previous: 'Previous page',
  next: 'Next page',
  page: (page: number, pages: number) => `Page ${number(page)} of ${number(pages)}`,
  noPrevious: 'This is the first page.',
  noNext: 'This is the last page.',
}
