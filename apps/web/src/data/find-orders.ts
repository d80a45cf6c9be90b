/**
 * Finds orders by what a person knows about them. Polar cannot filter orders by their number, but it
 * can sort by it. So a binary search finds the page of the sorted list that would hold the number.
 */
import { hasCode } from '@polar-connect/browser'
import { UUID } from '../format/id.ts'
import type { ListPage, SearchNote } from './list-page.ts'

/** The members of an order that the search needs. */
export interface Numbered {
  /** `ACME-0042`; null before it has one. */
  readonly invoice_number: string | null
}

/** How to ask for orders. The caller adds the other filters of the list. */
export interface OrderCalls<Order> {
  readonly get: (id: string) => Promise<Order>
  /** A page of 100. */
  readonly list: (
    sorting: 'invoice_number' | '-created_at',
    page: number,
  ) => Promise<ListPage<Order>>
}

export interface FoundOrders<Order> {
  readonly orders: readonly Order[]
  readonly note?: SearchNote
}

/** Letters, digits and hyphens, with a digit among them. */
const NUMBER = /^(?=.*\d)[a-z\d-]{4,}$/i
const MOST_CALLS = 10
const LATEST_PAGES = 5

/** Undefined if `typed` is neither an id nor a number. An empty list if there is no such order. */
export async function findOrders<Order extends Numbered>(
  typed: string,
  calls: OrderCalls<Order>,
): Promise<FoundOrders<Order> | undefined> {
  const id = typed.toLowerCase()
  if (UUID.test(id)) return { orders: await findById(id, calls) }
  if (!NUMBER.test(typed)) return undefined
  const wanted = keyOf(typed)
  return (await findSorted(wanted, calls)) ?? findAmongLatest(wanted, calls)
}

async function findById<Order>(
  id: string,
  { get }: Pick<OrderCalls<Order>, 'get'>,
): Promise<readonly Order[]> {
  try {
    return [await get(id)]
  } catch (error) {
    if (hasCode(error, 'not_found')) return []
    throw error
  }
}

/** Numbers compare as people type them: without hyphens and letter case. */
const keyOf = (number: string) => number.replaceAll('-', '').toUpperCase()
/** Polar sorts orders without a number to the end. */
const NO_NUMBER = '\uffff'
const keysOf = (orders: readonly Numbered[]) =>
  orders.map(({ invoice_number: number }) => (number === null ? NO_NUMBER : keyOf(number)))

/**
 * Undefined if the pages are not in one order: a shop may mix two kinds of numbers, or Polar may
 * sort them in another way.
 */
async function findSorted<Order extends Numbered>(
  wanted: string,
  { list }: OrderCalls<Order>,
): Promise<FoundOrders<Order> | undefined> {
  const pages = new Map<number, readonly Order[]>()
  const begins = (order: Order) => keysOf([order])[0]?.startsWith(wanted) ?? false

  async function read(page: number): Promise<ListPage<Order>> {
    const answer = await list('invoice_number', page)
    pages.set(page, answer.items)
    return answer
  }

  const { items, pagination } = await read(1)
  const last = Math.max(1, pagination.max_page)
  // The first page whose last number is not before `wanted`.
  let [low, high] = isBefore(items, wanted) ? [Math.min(2, last), last] : [1, 1]
  while (low < high) {
    if (pages.size >= MOST_CALLS) return undefined
    const middle = Math.floor((low + high) / 2)
    // Where to look next depends on it.
    // oxlint-disable-next-line no-await-in-loop
    const page = (await read(middle)).items
    if (isBefore(page, wanted)) low = middle + 1
    else high = middle
    // The match begins inside this page.
    if (high === middle && isBefore(page.slice(0, 1), wanted)) low = middle
  }
  if (!pages.has(low)) await read(low)
  const goesOn = (page: number) => page < last && (pages.get(page) ?? []).slice(-1).some(begins)
  if (goesOn(low)) await read(low + 1)
  if (!areInOrder(pages)) return undefined
  const orders = [low, low + 1].flatMap((page) => pages.get(page) ?? []).filter(begins)
  return goesOn(low + 1) ? { orders, note: 'first' } : { orders }
}

/** Whether even the last of `orders` comes before `wanted`. */
function isBefore(orders: readonly Numbered[], wanted: string): boolean {
  return (keysOf(orders).at(-1) ?? NO_NUMBER) < wanted
}

/** Whether the pages are sorted as the search expects. */
function areInOrder(pages: ReadonlyMap<number, readonly Numbered[]>): boolean {
  const keys = [...pages]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([, orders]) => keysOf(orders))
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') <= key)
}

async function findAmongLatest<Order extends Numbered>(
  wanted: string,
  { list }: OrderCalls<Order>,
): Promise<FoundOrders<Order>> {
  const orders: Order[] = []
  let last = 1
  for (let page = 1; page <= Math.min(last, LATEST_PAGES); page += 1) {
    // One after another: together they would be a burst.
    // oxlint-disable-next-line no-await-in-loop
    const { items, pagination } = await list('-created_at', page)
    last = pagination.max_page
    orders.push(...items)
  }
  const found = orders.filter((order) => keysOf([order])[0]?.startsWith(wanted))
  return last > LATEST_PAGES ? { orders: found, note: 'latest' } : { orders: found }
}
