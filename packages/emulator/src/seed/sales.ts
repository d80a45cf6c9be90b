/** The sales of an organization: its customers, subscriptions, orders and links. */
import { toTimestamp } from '../runtime/clock.ts'
import type { Dataset } from '../objects/dataset.ts'
import { createBenefit } from '../objects/benefit.ts'
import { addInterval } from '../objects/calendar.ts'
import { createCheckoutLink } from '../objects/checkout-link.ts'
import { createCustomer } from '../objects/customer.ts'
import { createDiscount, discountOn } from '../objects/discount.ts'
import type {
  Address,
  Customer,
  Discount,
  Order,
  Organization,
  Product,
  Refund,
  Subscription,
} from '../objects/models.ts'
import { inventName } from './names.ts'
import { createOrder, invoiceNumber, type OrderPlan } from '../objects/order.ts'
import { refundOrder, REFUND_REASONS } from '../objects/refund.ts'
import { soldPrice } from '../objects/product.ts'
import type { Random } from '../runtime/random.ts'
import { createSubscription } from '../objects/subscription.ts'

export type Sales = Pick<
  Dataset,
  'benefits' | 'discounts' | 'customers' | 'subscriptions' | 'orders' | 'refunds' | 'checkout_links'
>

export interface SalesVolume {
  readonly customers: number
  readonly subscriptions: number
  /** Includes renewals. Single purchases fill up the number. */
  readonly orders: number
}

interface Shop {
  readonly organization: Organization
  readonly products: readonly Product[]
  readonly random: Random
  /** Epoch seconds. No date is later. */
  readonly now: number
}

const DAY = 86_400
const YEAR = 365 * DAY

interface Place extends Omit<Address, 'line1' | 'line2'> {
  readonly taxRate: number
}

const PLACES: readonly [Place, ...Place[]] = [
  { country: 'US', state: 'US-CA', city: 'Sampleton', postal_code: '94105', taxRate: 0.0875 },
  { country: 'DE', state: null, city: 'Musterstadt', postal_code: '10115', taxRate: 0.19 },
  { country: 'SE', state: null, city: 'Exempelby', postal_code: '111 22', taxRate: 0.25 },
  { country: 'JP', state: 'JP-13', city: 'Reimachi', postal_code: '100-0001', taxRate: 0.1 },
]

/** The fates of subscriptions, in turn, so that lists show each of them. */
const FATES = [
  'active',
  'canceled',
  'trialing',
  'cancelling',
  'past_due',
  'active',
  'canceled',
  'unpaid',
  'paused',
  'active',
  'incomplete',
  'incomplete_expired',
] as const
type Fate = (typeof FATES)[number]

export function createSales(shop: Shop, volume: SalesVolume): Sales {
  const { organization, products, random, now } = shop
  const organizationId = organization.id
  const started = (ageDays: number) => toTimestamp(now - ageDays * DAY)

  const benefits = ['Priority support', 'Monthly letter to supporters'].map((description) =>
    createBenefit({
      id: random.uuid(),
      createdAt: started(300),
      organizationId,
      description,
      note: `Write to help-${organization.slug}@example.com`,
    }),
  )
  const recurring = products.filter((product) => product.is_recurring)
  for (const product of recurring) product.benefits = [...benefits]

  const discounts = [
    { name: 'Launch 10%', code: 'LAUNCH10', basis_points: 1000 },
    { name: 'Friends of the shop', code: null, basis_points: 2500 },
  ].map(({ basis_points, ...terms }) =>
    createDiscount(
      { ...terms, id: random.uuid(), created_at: started(270), organization_id: organizationId },
      { type: 'percentage', basis_points },
    ),
  )

  const customers = Array.from({ length: volume.customers }, (_, index) =>
    createShopper(shop, index),
  )
  const subscriptions: Subscription[] = []
  const orders: Order[] = []
  const refunded: [Order, Part][] = []

  for (let index = 0; recurring.length > 0 && index < volume.subscriptions; index += 1) {
    const customer = customers[index % customers.length]
    const product = recurring[index % 3 === 2 ? recurring.length - 1 : 0]
    if (customer === undefined || product === undefined) break
    const fate = FATES[index % FATES.length] ?? 'active'
    const subscription = subscribe(shop, { customer, product, fate })
    subscriptions.push(subscription)
    const unpaid = ['trialing', 'incomplete', 'incomplete_expired'].includes(fate)
    if (unpaid) continue
    const end = Math.min(epoch(subscription.ended_at ?? toTimestamp(now)), now)
    const interval = subscription.recurring_interval
    const first = epoch(subscription.started_at)
    for (let period = 0; orders.length < volume.orders; period += 1) {
      const at = addInterval(first, interval, period)
      // No bill for a period that begins when the subscription ends.
      if (at > now || (period > 0 && at >= end)) break
      const late = at + DAY * 31 > now && ['past_due', 'unpaid'].includes(fate)
      const renewal = order({
        at,
        customer,
        product,
        status: late && period > 0 ? 'pending' : 'paid',
        billingReason: period === 0 ? 'subscription_create' : 'subscription_cycle',
        subscriptionId: subscription.id,
      })
      orders.push(renewal)
      if (index % 6 === 3 && period === 1 && renewal.paid) refunded.push([renewal, 'whole'])
    }
  }

  const single = products.filter((product) => !product.is_recurring)
  for (let index = 0; single.length > 0 && orders.length < volume.orders; index += 1) {
    const customer = customers[(index * 7 + volume.subscriptions) % customers.length]
    const { status, part } = outcomeOf(index)
    // Free orders are never refunded and never pending.
    const fitting = status === 'paid' && part === undefined ? single : single.filter(costs)
    const product = fitting[random.between(0, fitting.length - 1)]
    if (customer === undefined || product === undefined) break
    const earliest = Math.max(epoch(product.created_at), now - YEAR)
    const at = random.between(Math.ceil(earliest), Math.floor(now))
    const purchase = order({ at, customer, product, status })
    orders.push(purchase)
    if (part !== undefined) refunded.push([purchase, part])
  }
  const refunds = refunded.flatMap(([entry, part], index) =>
    refundSold(shop, { order: entry, part, index }),
  )
  const inOrder = orders.toSorted((left, right) => epoch(left.created_at) - epoch(right.created_at))
  for (const [index, entry] of inOrder.entries()) {
    entry.invoice_number = invoiceNumber(organization.slug, index + 1)
  }

  const known = new Map(customers.map((customer) => [customer.id, customer]))
  for (const { customer_id: id, created_at: at } of [...orders, ...subscriptions]) {
    const customer = known.get(id)
    // Customers must exist before they buy.
    if (customer !== undefined && at < customer.created_at) customer.created_at = at
  }

  const offered = products.filter((product) => !product.is_archived)
  const checkoutLinks = offered.slice(0, 3).map((product, index) =>
    createCheckoutLink({
      id: random.uuid(),
      created_at: started(120 - index * 30),
      organization_id: organizationId,
      client_secret: `polar_cl_${random.uuid().replaceAll('-', '')}`,
      label: ['Website button', 'Newsletter', null][index] ?? null,
      product_ids: [product.id],
    }),
  )
  const links = { checkout_links: checkoutLinks }
  return { benefits, discounts, customers, subscriptions, orders, refunds, ...links }

  function order(sale: {
    readonly at: number
    readonly customer: Customer
    readonly product: Product
    readonly status: OrderPlan['status']
    readonly billingReason?: OrderPlan['billingReason']
    readonly subscriptionId?: string
  }): Order {
    const { customer, product, at } = sale
    const { priceId, amount, currency } = soldPrice(product)
    const custom = amount ?? random.between(2, 30) * 100
    const discount = sale.subscriptionId === undefined ? pickDiscount(at) : undefined
    return createOrder({
      id: random.uuid(),
      itemId: random.uuid(),
      createdAt: toTimestamp(at),
      organizationId,
      status: sale.status,
      billingReason: sale.billingReason ?? 'purchase',
      subtotal: custom,
      discount: discount ? discountOn(custom, discount) : 0,
      taxRate: taxRateOf(customer),
      currency,
      customer,
      product: { id: product.id, name: product.name, priceId },
      discountId: discount?.id ?? null,
      subscriptionId: sale.subscriptionId ?? null,
      // Set later, when all orders can be sorted by date.
      invoiceNumber: null,
      isInvoiceGenerated:
        sale.status === 'paid' && customer.name !== null && orders.length % 3 === 0,
    })
  }

  function pickDiscount(at: number): Discount | undefined {
    const discount = random.next() < 0.15 ? random.pick([discounts[0], discounts[1]]) : undefined
    if (discount === undefined || epoch(discount.created_at) > at) return undefined
    discount.redemptions_count += 1
    return discount
  }
}

function createShopper({ organization, random, now }: Shop, index: number): Customer {
  const { name, email } = inventName(random, index + 1)
  const { taxRate: _taxRate, ...place } = random.pick(PLACES)
  const team = index % 13 === 12
  return createCustomer({
    id: random.uuid(),
    created_at: toTimestamp(now - random.between(DAY, YEAR)),
    organization_id: organization.id,
    email: team ? null : email,
    email_verified: index % 3 === 0,
    name: index % 11 === 10 ? null : team ? `${name} and others` : name,
    type: team ? 'team' : 'individual',
    external_id: index % 4 === 0 ? `usr_${1000 + index}` : null,
    billing_address: { line1: `${index + 1} Invented Street`, line2: null, ...place },
  })
}

function subscribe(
  shop: Shop,
  { customer, product, fate }: { customer: Customer; product: Product; fate: Fate },
): Subscription {
  const { organization, random, now } = shop
  const { amount, currency } = soldPrice(product)
  const interval = product.recurring_interval ?? 'month'
  const oldest = Math.min(Math.floor((now - epoch(product.created_at)) / DAY) - 1, 240)
  const young = ['trialing', 'incomplete', 'incomplete_expired'].includes(fate)
  const age = young ? random.between(1, 5) : random.between(Math.min(35, oldest), oldest)
  const start = now - age * DAY
  let periods = 0
  while (addInterval(start, interval, periods + 1) <= now) periods += 1
  // An ended subscription ended with the last full period.
  const ended = fate === 'canceled' && periods > 0
  const period = ended ? periods - 1 : periods
  const from = addInterval(start, interval, period)
  const to = addInterval(start, interval, period + 1)
  const leaving = fate === 'cancelling' || fate === 'canceled'
  const within = toTimestamp(Math.min((from + to) / 2, now))
  return createSubscription({
    id: random.uuid(),
    created_at: toTimestamp(start),
    organization_id: organization.id,
    status: fate === 'cancelling' || (fate === 'canceled' && !ended) ? 'active' : fate,
    amount: amount ?? 0,
    currency,
    recurring_interval: interval,
    current_period_start: toTimestamp(from),
    current_period_end: toTimestamp(to),
    started_at: fate.startsWith('incomplete') ? null : toTimestamp(start),
    customer_id: customer.id,
    product_id: product.id,
    cancel_at_period_end: leaving,
    canceled_at: leaving ? within : null,
    ends_at: leaving ? toTimestamp(to) : null,
    ended_at: ended ? toTimestamp(to) : fate === 'incomplete_expired' ? toTimestamp(now) : null,
    customer_cancellation_reason: leaving ? 'too_expensive' : null,
    trial_start: fate === 'trialing' ? toTimestamp(start) : null,
    trial_end: fate === 'trialing' ? toTimestamp(to) : null,
    past_due_at: fate === 'past_due' ? toTimestamp(from) : null,
    paused_at: fate === 'paused' ? within : null,
  })
}

function costs(product: Product): boolean {
  return soldPrice(product).amount !== 0
}

type Part = 'whole' | 'some'

/** The status of a purchase, and how much of it is refunded. */
function outcomeOf(index: number): { readonly status: OrderPlan['status']; readonly part?: Part } {
  if (index % 17 === 5) return { status: 'paid', part: 'whole' }
  if (index % 19 === 8) return { status: 'paid', part: 'some' }
  if (index % 29 === 11) return { status: 'pending' }
  if (index % 53 === 20) return { status: 'void' }
  return { status: 'paid' }
}

/** Refunds in one or two steps. Some fail first, and some are pending. */
function refundSold(
  { random, now }: Shop,
  { order, part, index }: { readonly order: Order; readonly part: Part; readonly index: number },
): readonly Refund[] {
  let at = epoch(order.created_at)
  const refund = (share: number, status: Refund['status'] = 'succeeded') => {
    at = Math.min(at + random.between(1, 9 * DAY), now)
    return refundOrder(order, {
      id: random.uuid(),
      createdAt: toTimestamp(at),
      reason: REFUND_REASONS[index % REFUND_REASONS.length] ?? 'other',
      amount: Math.ceil(order.refundable_amount * share),
      status,
    })
  }
  const tried = index % 4 === 1 ? [refund(part === 'whole' ? 1 : 0.4, 'failed')] : []
  if (part === 'whole') {
    return [...tried, ...(index % 3 === 0 ? [refund(0.6), refund(1)] : [refund(1)])]
  }
  return [...tried, refund(0.4), ...(index % 4 === 2 ? [refund(0.5, 'pending')] : [])]
}

function taxRateOf({ billing_address: address }: Customer): number {
  return PLACES.find(({ country }) => country === address?.country)?.taxRate ?? 0
}

function epoch(timestamp: string | null): number {
  return Date.parse(timestamp ?? '') / 1000
}
