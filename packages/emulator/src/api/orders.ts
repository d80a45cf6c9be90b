/** Orders. Reading needs `orders:read`; `orders:write` is not enough. */
import * as v from 'valibot'
import { withOldOrder } from '../objects/deprecated.ts'
import type { Order } from '../objects/models.ts'
import { bodyOf } from '../http/bodies.ts'
import { requireManage, requireScope } from './access.ts'
import { momentIn, money, mountExport, type Column } from './csv.ts'
import { address } from './forms.ts'
import { members, oneId, oneText, oneWord, since, until } from './list.ts'
import { presentOrder } from '../objects/present.ts'
import { words } from '../http/parameters.ts'
import {
  findOne,
  given,
  mountResource,
  ofOrganizations,
  type ApiOptions,
  type Resource,
} from './resource.ts'
import type { Operations } from './operations.ts'
import { ApiRefusal } from '../http/respond.ts'

const ORDER_STATUSES = ['draft', 'pending', 'paid', 'refunded', 'partially_refunded', 'void']

type Answer = ReturnType<typeof presentOrder>

const COLUMNS: Readonly<Record<string, Column<Answer>>> = {
  email: { title: 'Email', cell: ({ customer }) => customer.email },
  created_at: {
    title: 'Created At',
    cell: (order, timeZone) => momentIn(order.created_at, timeZone),
  },
  product: { title: 'Product', cell: (order) => order.description },
  net_amount: { title: 'Net Amount', cell: (order) => money(order.net_amount) },
  currency: { title: 'Currency', cell: (order) => order.currency },
  status: { title: 'Status', cell: (order) => order.status },
  invoice_number: { title: 'Invoice number', cell: (order) => order.invoice_number },
  customer_name: { title: 'Customer Name', cell: ({ customer }) => customer.name },
  billing_name: { title: 'Billing Name', cell: (order) => order.billing_name },
  billing_country: { title: 'Billing Country', cell: (order) => order.billing_address?.country },
  subtotal_amount: { title: 'Subtotal', cell: (order) => money(order.subtotal_amount) },
  discount_amount: { title: 'Discount', cell: (order) => money(order.discount_amount) },
  tax_amount: { title: 'Tax', cell: (order) => money(order.tax_amount) },
  total_amount: { title: 'Total', cell: (order) => money(order.total_amount) },
  refunded_amount: { title: 'Refunded Amount', cell: (order) => money(order.refunded_amount) },
  billing_reason: { title: 'Billing Reason', cell: (order) => order.billing_reason },
}

const orderUpdate = v.object({
  billing_name: v.optional(v.nullable(v.string())),
  billing_address: v.optional(v.nullable(address)),
})

export function mountOrders(api: Operations, polar: ApiOptions): void {
  const customerOf = ({ customer_id: wanted }: Order) =>
    polar.dataset().customers.find(({ id }) => id === wanted)
  const resource: Resource<Order, Answer> = {
    name: 'orders',
    component: 'Order',
    reads: ['orders:read'],
    items: ofOrganizations('orders'),
    present: presentOrder,
    addDeprecated: withOldOrder,
    rules: {
      sortable: {
        ...members('created_at', 'status', 'invoice_number', 'net_amount'),
        amount: (order) => order.total_amount,
        customer: (order) => customerOf(order)?.name,
        product: (order) =>
          polar.dataset().products.find(({ id }) => id === order.product_id)?.name,
        discount: (order) =>
          polar.dataset().discounts.find(({ id }) => id === order.discount_id)?.name,
        subscription: (order) => order.subscription_id,
      },
      defaultSorting: '-created_at',
      metadata: true,
      filters: {
        organization_id: oneId('organization_id'),
        product_id: oneId('product_id'),
        product_billing_type: {
          parameter: words('ProductBillingType', ['one_time', 'recurring']),
          keeps: (order, values) =>
            values.includes(order.billing_reason === 'purchase' ? 'one_time' : 'recurring'),
        },
        discount_id: oneId('discount_id'),
        customer_id: oneId('customer_id'),
        external_customer_id: oneText((order) => customerOf(order)?.external_id),
        checkout_id: oneId('checkout_id'),
        subscription_id: oneId('subscription_id'),
        status: oneWord('status', 'OrderStatus', ORDER_STATUSES),
        created_after: since('created_at'),
        created_before: until('created_at'),
      },
    },
  }
  mountExport(api, polar, resource, {
    columns: COLUMNS,
    defaults: [
      'email',
      'created_at',
      'product',
      'net_amount',
      'currency',
      'status',
      'invoice_number',
    ],
    filters: ['organization_id', 'product_id', 'status', 'created_after', 'created_before'],
  })
  const path = '/v1/orders/:id/invoice'
  api.on({ method: 'POST', path, scopes: resource.reads, status: 202 }, (c) => {
    const caller = requireScope(c, resource.reads)
    const dataset = polar.dataset()
    const order = findOne(c, resource.items(dataset, caller))
    requireManage(dataset, caller, order.organization_id, 'sales')
    refuseWithoutInvoice(order)
    // Polar takes some seconds to generate it.
    order.is_invoice_generated = true
    return c.json(null, 202)
  })
  mountResource(api, polar, resource)
    .view('invoice', 'OrderInvoice', (order) => {
      if (!order.is_invoice_generated) throw noInvoice(order)
      return { url: `${polar.origin()}/invoices/${order.id}` }
    })
    .update({ scope: 'orders:write', area: 'sales', body: bodyOf(orderUpdate) }, (_order, body) =>
      given(body),
    )
}

function noInvoice({ id }: Order): ApiRefusal {
  const detail = `No invoice exists for order ${id}.`
  return new ApiRefusal(404, { error: 'InvoiceDoesNotExist', detail })
}

function refuseWithoutInvoice({ status, billing_name, billing_address }: Order): void {
  if (!['paid', 'refunded', 'partially_refunded'].includes(status)) {
    const detail = 'This order is not paid.'
    throw new ApiRefusal(409, { error: 'OrderNotEligibleForInvoice', detail })
  }
  if (billing_name === null || billing_address === null) {
    const detail = 'Billing name and address are required to generate an invoice.'
    throw new ApiRefusal(422, { error: 'MissingInvoiceBillingDetails', detail })
  }
}
