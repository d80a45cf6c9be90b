/** Customers. A deleted customer leaves the lists, but stays in the orders. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { toTimestamp } from '../runtime/clock.ts'
import { createCustomer } from '../objects/customer.ts'
import type { Caller, Dataset } from '../objects/dataset.ts'
import { presentCustomer } from '../objects/present.ts'
import { withOldCustomerState } from '../objects/deprecated.ts'
import type { Customer } from '../objects/models.ts'
import { bodyOf } from '../http/bodies.ts'
import { requireManage, resolveOrganization, visible } from './access.ts'
import { customerState } from '../objects/customer-state.ts'
import { text } from '../http/parameters.ts'
import { address, email, metadata } from './forms.ts'
import { containing, flagged, members, oneId } from './list.ts'
import { given, mountResource, type ApiOptions } from './resource.ts'
import type { Operations } from './operations.ts'
import { refused } from '../http/respond.ts'

const words = v.optional(v.nullable(v.string()))
const details = {
  name: words,
  external_id: words,
  billing_name: words,
  billing_address: v.optional(v.nullable(address)),
  metadata: v.optional(metadata),
  locale: words,
}
const customerCreate = v.object({ ...details, email, organization_id: v.nullish(v.string()) })
const customerUpdate = v.object({ ...details, email: v.optional(email) })

export function mountCustomers(api: Operations, polar: ApiOptions): void {
  const write = { scope: 'customers:write', area: 'customers' } as const
  mountResource<Customer>(api, polar, {
    name: 'customers',
    component: 'Customer',
    reads: ['customers:read', 'customers:write'],
    items: existing,
    present: presentCustomer,
    alsoBy: { path: 'external', member: 'external_id', of: ({ external_id }) => external_id },
    rules: {
      sortable: members('created_at', 'email', 'name'),
      defaultSorting: '-created_at',
      metadata: true,
      filters: {
        organization_id: oneId('organization_id'),
        email: {
          parameter: text,
          keeps: (item, values) =>
            values.some((value) => value.toLowerCase() === item.email?.toLowerCase()),
        },
        query: containing('name', 'email', 'external_id'),
        active: flagged((item) => isActive(polar.dataset(), item.id)),
      },
    },
  })
    .view('state', 'CustomerState', customerState, withOldCustomerState)
    .create({ ...write, body: bodyOf(customerCreate) }, (body, { dataset, caller, now }) => {
      const { organization_id: wanted, ...rest } = body
      const organizationId = resolveOrganization(dataset, caller, wanted)
      requireManage(dataset, caller, organizationId, 'customers')
      refuseTaken(dataset, organizationId, rest)
      const customer = createCustomer({
        ...given(rest),
        id: randomUUID(),
        created_at: toTimestamp(now),
        organization_id: organizationId,
        email: body.email,
      })
      dataset.customers.push(customer)
      return customer
    })
    .update({ ...write, body: bodyOf(customerUpdate) }, (customer, body, { dataset }) => {
      refuseTaken(dataset, customer.organization_id, body, customer.id)
      return given(body)
    })
    .remove(write, (customer, { dataset, now }) => {
      const at = toTimestamp(now)
      Object.assign(customer, { deleted_at: at, modified_at: at })
      for (const subscription of dataset.subscriptions) {
        if (subscription.customer_id === customer.id && subscription.ended_at === null) {
          Object.assign(subscription, { status: 'canceled', canceled_at: at, ended_at: at })
        }
      }
      return undefined
    })
}

function existing(dataset: Dataset, caller: Caller) {
  return visible(dataset, caller, dataset.customers).filter((item) => item.deleted_at === null)
}

function isActive(dataset: Dataset, customerId: string): boolean {
  return dataset.subscriptions.some(
    (entry) => entry.customer_id === customerId && entry.status === 'active',
  )
}

function refuseTaken(
  dataset: Dataset,
  organizationId: string,
  wanted: Partial<Record<'email' | 'external_id', string | null | undefined>>,
  except?: string,
): void {
  const others = dataset.customers.filter(
    (item) =>
      item.organization_id === organizationId && item.deleted_at === null && item.id !== except,
  )
  const same = (member: 'email' | 'external_id') => {
    const value = wanted[member]?.toLowerCase()
    return value !== undefined && others.some((item) => item[member]?.toLowerCase() === value)
  }
  if (same('email')) {
    throw refused(['body', 'email'], 'A customer with this email address already exists.')
  }
  if (same('external_id')) {
    throw refused(['body', 'external_id'], 'A customer with this external ID already exists.')
  }
}
