/** What Polar answers in the gallery. */
import * as fixtures from './fixtures.ts'
import { list } from './fixtures.ts'

type Answer = (path: string) => Response | Promise<Response>

/** By what their paths end in below the API; whatever else is asked for never comes. */
const answers =
  (known: Readonly<Record<string, () => Response>>): Answer =>
  (path) =>
    known[path.replace('/bff/api/v1/', '').replace(/\/$/, '')]?.() ??
    new Promise<Response>(() => undefined)

const PRODUCT_LIST = () => list(fixtures.PRODUCTS, 134)

export const FULL = answers({
  products: PRODUCT_LIST,
  'products/p1': () => Response.json(fixtures.PRODUCTS[0]),
  'products/p3': () => Response.json(fixtures.PRODUCTS[2]),
  orders: () => list(fixtures.ORDERS, 134),
  'orders/0002': () => Response.json(fixtures.ORDERS[1]),
  customers: () => list(fixtures.CUSTOMERS),
  'customers/c1': () => Response.json(fixtures.CUSTOMERS[0]),
  'customers/c2': () => Response.json(fixtures.CUSTOMERS[1]),
  subscriptions: () => list(fixtures.SUBSCRIPTIONS),
  'checkout-links': () => list(fixtures.CHECKOUT_LINKS),
  'checkout-links/l1': () => Response.json(fixtures.CHECKOUT_LINKS[0]),
  metrics: () => fixtures.metrics(),
  'metrics/limits': fixtures.metricsLimits,
})

export const EMPTY = answers({
  products: () => list([]),
  orders: () => list([]),
  customers: () => list([]),
  'customers/c2': () => Response.json(fixtures.CUSTOMERS[1]),
  subscriptions: () => list([]),
  'checkout-links': () => list([]),
  metrics: () => fixtures.metrics(0),
  'metrics/limits': fixtures.metricsLimits,
})
