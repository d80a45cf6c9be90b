/** Sales that are hard to display: long, right-to-left and missing names, odd amounts and statuses. */
import { toTimestamp } from '../runtime/clock.ts'
import type { Dataset } from '../objects/dataset.ts'
import { createCustomer } from '../objects/customer.ts'
import type { Address, Order, Organization, Product } from '../objects/models.ts'
import { createOrder } from '../objects/order.ts'
import { refundOrder, REFUND_REASONS } from '../objects/refund.ts'
import { createProduct, soldPrice } from '../objects/product.ts'
import type { Random } from '../runtime/random.ts'

const HOUR = 3600
const LONG = 'An extraordinarily long name that no column was made for, and then some more of it. '

const NAMES: readonly (string | null)[] = [
  LONG.repeat(3).trim(),
  'Unbrokenunbrokenunbrokenunbrokenunbrokenunbrokenunbrokenunbrokenunbroken',
  'اسم مختلق للتجربة',
  'שם בדוי לבדיקה',
  '🧪👩‍👩‍👧‍👦 Test 🎈',
  '架空のお客様',
  "O'Example <b>& Sons</b>",
  '',
  null,
]

export function createAwkwardSales(shop: {
  readonly organization: Organization
  readonly products: readonly Product[]
  readonly random: Random
  readonly now: number
}): Pick<Dataset, 'products' | 'customers' | 'orders' | 'refunds'> {
  const { organization, random, now } = shop
  const organizationId = organization.id
  const currencies = ['jpy', 'huf', 'kwd', 'krw', 'usd']
  const products = currencies.map((currency, index) =>
    createProduct({
      id: random.uuid(),
      priceId: random.uuid(),
      organizationId,
      currency,
      createdAt: toTimestamp(now - (100 + index) * 24 * HOUR),
      ageDays: 100 + index,
      name: NAMES[index] ?? LONG,
      amount: index === 4 ? 99_999_999 : 123_456,
    }),
  )
  const customers = NAMES.map((name, index) =>
    createCustomer({
      id: random.uuid(),
      created_at: toTimestamp(now - (30 + index) * 24 * HOUR),
      organization_id: organizationId,
      email: name === null ? null : `awkward.${index}@example.com`,
      type: name === null ? 'team' : 'individual',
      name,
      // With an emoji at the end, so that cutting at a fixed length can split it.
      external_id: index === 4 ? `usr_${'9'.repeat(120)}🧵` : null,
      billing_address: index % 2 === 0 ? null : bareAddress('JP'),
    }),
  )
  const orders = customers.flatMap((customer, index) =>
    products.map((product, turn): Order => {
      const { priceId, amount, currency } = soldPrice(product)
      const order = createOrder({
        id: random.uuid(),
        itemId: random.uuid(),
        createdAt: toTimestamp(now - (index * products.length + turn) * HOUR),
        organizationId,
        status: 'paid',
        billingReason: 'purchase',
        subtotal: amount ?? 0,
        taxRate: 0,
        currency,
        customer,
        product: { id: product.id, name: product.name, priceId },
        invoiceNumber: `ODD-${customer.id.slice(0, 8).toUpperCase()}-${turn + 1}`,
      })
      // A status that only a newer Polar knows.
      if (turn === 1) order.status = 'on_hold_by_a_newer_polar' as Order['status']
      if (turn === 2) return { ...order, product_id: null, invoice_number: null }
      // A fee in another currency than the order's.
      if (turn === 3) order.platform_fee_currency = 'usd'
      return order
    }),
  )
  const refunds = orders
    .filter((_, index) => index % products.length === 4)
    .map((order, index) =>
      refundOrder(order, {
        id: random.uuid(),
        createdAt: order.created_at,
        reason: REFUND_REASONS[index % REFUND_REASONS.length] ?? 'other',
      }),
    )
  return { products, customers, orders, refunds }
}

function bareAddress(country: Address['country']): Address {
  return { line1: null, line2: null, postal_code: null, city: null, state: null, country }
}
