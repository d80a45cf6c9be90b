/**
 * Polar's official SDK over the BFF: its methods and types, without a token in the browser. Refusals
 * are thrown as {@link ConnectError}. It has only the services of the allow-list, because each service
 * adds weight.
 */
import { pathOf } from '@polar-connect/protocol'
import { createPolarCore, type PolarCore } from '@polar-sh/sdk/2026-10'
import { createBenefitsService } from '@polar-sh/sdk/2026-10/services/benefits'
import { createCheckoutLinksService } from '@polar-sh/sdk/2026-10/services/checkout_links'
import { createCheckoutsService } from '@polar-sh/sdk/2026-10/services/checkouts'
import { createDiscountsService } from '@polar-sh/sdk/2026-10/services/discounts'
import { createMetricsService } from '@polar-sh/sdk/2026-10/services/metrics'
import { createOrdersService } from '@polar-sh/sdk/2026-10/services/orders'
import { createOrganizationsService } from '@polar-sh/sdk/2026-10/services/organizations'
import { createProductsService } from '@polar-sh/sdk/2026-10/services/products'
import { createRefundsService } from '@polar-sh/sdk/2026-10/services/refunds'
import { createSubscriptionsService } from '@polar-sh/sdk/2026-10/services/subscriptions'
import { createCustomersService } from '@polar-sh/sdk/2026-10/services/customers'
import type { Connect } from './connect.ts'
import { toApiError } from './errors.ts'

/** The SDK's services, as {@link createBrowserPolar} makes them. */
export interface BrowserPolar {
  /** Adds more of the SDK's services, if the app's allow-list has them. */
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
 * The SDK for the connection of `connect`. Its calls go through `connect.fetch`.
 *
 * @example
 * const polar = createBrowserPolar(connect)
 * const { items } = await polar.products.list({ limit: 10 })
 */
export function createBrowserPolar(connect: Pick<Connect, 'basePath' | 'fetch'>): BrowserPolar {
  const core = createPolarCore({ accessToken: '', baseUrl: pathOf('api', connect.basePath) })
  core.sendRequest = async ([path, init]) => {
    const headers = new Headers(init.headers)
    headers.delete('Authorization')
    const response = await connect.fetch(path, { ...init, headers })
    if (response.ok) return response
    throw await toApiError(response)
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
