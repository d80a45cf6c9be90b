import { describe, expect, it } from 'vitest'
import { UUID } from '../format/id.ts'
import { changeListQuery, readListQuery, type ListChange } from './list-address.ts'

const rules = {
  sortable: ['created_at', 'amount'],
  defaultSort: '-created_at',
  filters: {
    status: (value: string) => ['paid', 'void'].includes(value),
    product: (value: string) => UUID.test(value),
  },
}
const product = '8f3d2b5e-4b1c-4c58-9d3e-1f0a6c7b2d11'
const read = (address: string) => readListQuery(new URLSearchParams(address), rules)
const change = (address: string, to: ListChange) =>
  changeListQuery(new URLSearchParams(address), to, rules).toString()

describe('The address of a list', () => {
  it('says what to load', () => {
    expect(read(`page=2&rows=50&q=ada&status=paid&product=${product}&sort=-amount`)).toEqual({
      page: 2,
      rows: 50,
      search: 'ada',
      sort: '-amount',
      filters: { status: 'paid', product },
    })
  })

  it.each([
    '',
    'page=0',
    'page=-1',
    'page=two',
    'page=1e9',
    'page=12345678',
    'rows=21',
    'rows=-20',
    'sort=password',
    'sort=--amount',
    'status=paid%20',
    'status=constructor',
    'product=../orders',
    'q=%20%20',
    'unknown=1',
  ])('that says "%s" asks for the first page of everything', (address) => {
    expect(read(address)).toEqual({
      page: 1,
      rows: 20,
      search: '',
      sort: '-created_at',
      filters: {},
    })
  })

  it('cuts a search text that is too long', () => {
    expect(read(`q=${'a'.repeat(9000)}`).search).toHaveLength(200)
  })

  it.each<[string, ListChange, string]>([
    ['', { page: 2 }, 'page=2'],
    ['page=2', { page: 1 }, ''],
    ['page=3', { rows: 50 }, 'rows=50'],
    ['rows=50', { rows: 20 }, ''],
    ['page=3', { search: ' ada ' }, 'q=ada'],
    ['q=ada', { search: '' }, ''],
    ['page=3&q=ada', { sort: 'amount' }, 'q=ada&sort=amount'],
    ['sort=amount', { sort: '-created_at' }, ''],
    ['page=3', { filters: { status: 'paid' } }, 'status=paid'],
    ['status=paid&q=ada', { filters: { status: '' } }, 'q=ada'],
    ['other=1', { page: 2 }, 'other=1&page=2'],
  ])('"%s" changed by %j is "%s"', (before, to, after) => {
    expect(change(before, to)).toBe(after)
  })
})
