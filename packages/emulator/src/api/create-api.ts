/** Polar's API, as far as it is emulated: one file a resource, joined here. */
import { Hono } from 'hono'
import type { EmulatorEnv } from '../http/environment.ts'
import { mountBenefits } from './benefits.ts'
import { mountCheckoutLinks } from './checkout-links.ts'
import { mountCheckouts } from './checkouts.ts'
import { mountCustomers } from './customers.ts'
import { mountDiscounts } from './discounts.ts'
import { mountMetrics } from './metrics.ts'
import { mountOrders } from './orders.ts'
import { mountOrganizations } from './organizations.ts'
import { mountProducts } from './products.ts'
import type { ApiOptions } from './resource.ts'
import { answerRefusal } from './respond.ts'
import { mountSubscriptions } from './subscriptions.ts'

const COLLECTIONS =
  /^\/v1\/(organizations|products|orders|customers|subscriptions|checkouts|checkout-links|benefits|discounts|metrics)(\/[^/]+|\/external\/[^/]+)?(\/(state|invoice|benefits))?\/?$/

export function createApi(polar: ApiOptions): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>({ strict: true })
  app.onError(answerRefusal)
  mountOrganizations(app, polar)
  mountProducts(app, polar)
  mountOrders(app, polar)
  mountCustomers(app, polar)
  mountSubscriptions(app, polar)
  mountCheckouts(app, polar)
  mountCheckoutLinks(app, polar)
  mountBenefits(app, polar)
  mountDiscounts(app, polar)
  mountMetrics(app, polar)

  app.all('/v1/*', (c) => {
    const { pathname, search, origin } = new URL(c.req.url)
    const depth = pathname.split('/').filter(Boolean).length
    if (!COLLECTIONS.test(pathname)) return c.json({ detail: 'Not Found' }, 404)
    // Lists and creation end in a slash, items do not: the other form is sent to the right one.
    const slashed = pathname.endsWith('/')
    if (slashed === (depth === 2)) return c.json({ detail: 'Method Not Allowed' }, 405)
    const other = slashed ? pathname.slice(0, -1) : `${pathname}/`
    return c.redirect(origin + other + search, 307)
  })

  return app
}
