/**
 * The official SDK on the server, with the token of the connection that a request came with. It refreshes
 * as the proxy does, so the answer to the request may set the session cookie.
 */
import { createPolarCore, type PolarCore } from '@polar-sh/sdk/2026-10'
import { createBenefitsService } from '@polar-sh/sdk/2026-10/services/benefits'
import { createCheckoutLinksService } from '@polar-sh/sdk/2026-10/services/checkout_links'
import { createCheckoutsService } from '@polar-sh/sdk/2026-10/services/checkouts'
import { createCustomersService } from '@polar-sh/sdk/2026-10/services/customers'
import { createDiscountsService } from '@polar-sh/sdk/2026-10/services/discounts'
import { createMetricsService } from '@polar-sh/sdk/2026-10/services/metrics'
import { createOrdersService } from '@polar-sh/sdk/2026-10/services/orders'
import { createOrganizationsService } from '@polar-sh/sdk/2026-10/services/organizations'
import { createProductsService } from '@polar-sh/sdk/2026-10/services/products'
import { createRefundsService } from '@polar-sh/sdk/2026-10/services/refunds'
import { createSubscriptionsService } from '@polar-sh/sdk/2026-10/services/subscriptions'
import type { Incoming } from '../runtime/incoming.ts'
import type { CallPolar } from './call-polar.ts'

/** The services of the SDK, for one connection. */
export interface ServerPolar {
  /** For services of the SDK that are not listed here: `createRefundsService(core)`. */
  readonly core: PolarCore
  readonly benefits: ReturnType<typeof createBenefitsService>
  readonly checkoutLinks: ReturnType<typeof createCheckoutLinksService>
  readonly checkouts: ReturnType<typeof createCheckoutsService>
  readonly customers: ReturnType<typeof createCustomersService>
  readonly discounts: ReturnType<typeof createDiscountsService>
  readonly metrics: ReturnType<typeof createMetricsService>
  readonly orders: ReturnType<typeof createOrdersService>
  readonly organizations: ReturnType<typeof createOrganizationsService>
  readonly products: ReturnType<typeof createProductsService>
  readonly refunds: ReturnType<typeof createRefundsService>
  readonly subscriptions: ReturnType<typeof createSubscriptionsService>
}

/**
 * The SDK for the connection of `request`, for server code of the app's own: a Hono context, or the
 * request of another framework. The route acts for the person, so it needs the same defence against
 * other sites: `bff.gate`, or `bff.checkOrigin(request)`. The answer to `request` must carry
 * `bff.answerCookies(request)`. With a Hono context it does so by itself.
 *
 * Calls reject with the SDK's own errors. They reject with a `BffError` if there is no connection
 * (`not_connected`, `reauthorization_required`) or Polar cannot be asked.
 *
 * @param options `organizationId` limits the calls to one of the organizations that the connection
 *   reaches. It cannot widen what the session may do.
 * @example
 * app.use('/reports/*', bff.gate)
 * app.get('/reports/products', async (c) => {
 *   const { items } = await polar(bff, c).products.list()
 *   return c.json(items.map((product) => product.name))
 * })
 */
export function polar(
  bff: { readonly callPolar: CallPolar },
  request: Incoming,
  options: { readonly organizationId?: string } = {},
): ServerPolar {
  const core = createPolarCore({ ...options, accessToken: '', baseUrl: '' })
  core.sendRequest = ([path, { method, headers, body }]) => {
    const own = new Headers(headers)
    own.delete('Authorization')
    return bff.callPolar(request, path, {
      headers: own,
      ...(method !== undefined && { method }),
      ...(typeof body === 'string' && { body }),
    })
  }
  return {
    core,
    benefits: createBenefitsService(core),
    checkoutLinks: createCheckoutLinksService(core),
    checkouts: createCheckoutsService(core),
    customers: createCustomersService(core),
    discounts: createDiscountsService(core),
    metrics: createMetricsService(core),
    orders: createOrdersService(core),
    organizations: createOrganizationsService(core),
    products: createProductsService(core),
    refunds: createRefundsService(core),
    subscriptions: createSubscriptionsService(core),
  }
}
