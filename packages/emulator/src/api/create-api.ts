/** The part of Polar's API that is emulated. Each resource has its own file. */
import { Hono } from 'hono'
import type { EmulatorEnv } from '../http/environment.ts'
import { mountBenefits } from './benefits.ts'
import { mountCheckoutLinks } from './checkout-links.ts'
import { mountCheckouts } from './checkouts.ts'
import { createContract } from './contract.ts'
import { mountCustomers } from './customers.ts'
import { mountDiscounts } from './discounts.ts'
import { mountMetrics } from './metrics.ts'
import { createOperations } from './operations.ts'
import { mountOrders } from './orders.ts'
import { mountOrganizations } from './organizations.ts'
import { mountProducts } from './products.ts'
import { mountRefunds } from './refunds.ts'
import type { ApiOptions } from './resource.ts'
import { answerRefusal } from '../http/respond.ts'
import { mountSubscriptions } from './subscriptions.ts'

export function createApi(polar: ApiOptions): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>({ strict: true })
  app.onError(answerRefusal)
  const api = createOperations(app)
  mountOrganizations(api, polar)
  mountProducts(api, polar)
  mountOrders(api, polar)
  mountRefunds(api, polar)
  mountCustomers(api, polar)
  mountSubscriptions(api, polar)
  mountCheckouts(api, polar)
  mountCheckoutLinks(api, polar)
  mountBenefits(api, polar)
  mountDiscounts(api, polar)
  mountMetrics(api, polar)

  app.get('/:version{\\d{4}-\\d{2}}/openapi.json', (c) => {
    const version = c.req.param('version')
    if (!polar.versions().includes(version)) return c.json({ detail: 'Not Found' }, 404)
    return c.json(createContract(version, api, polar.settings().removed_members))
  })

  return app
}
