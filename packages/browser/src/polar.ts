/**
 * The official SDK over the BFF: its methods and types, and no token in the browser. A refusal is
 * thrown as a `ConnectError`, so that one handling fits it and everything else. Only the services
 * that the allow-list reaches are here: the rest would be weight.
 */
import { PATHS } from '@polar-connect/protocol'
import { createPolarCore } from '@polar-sh/sdk/2026-10'
import { createBenefitsService } from '@polar-sh/sdk/2026-10/services/benefits'
import { createCheckoutLinksService } from '@polar-sh/sdk/2026-10/services/checkout_links'
import { createCheckoutsService } from '@polar-sh/sdk/2026-10/services/checkouts'
import { createDiscountsService } from '@polar-sh/sdk/2026-10/services/discounts'
import { createMetricsService } from '@polar-sh/sdk/2026-10/services/metrics'
import { createOrdersService } from '@polar-sh/sdk/2026-10/services/orders'
import { createOrganizationsService } from '@polar-sh/sdk/2026-10/services/organizations'
import { createProductsService } from '@polar-sh/sdk/2026-10/services/products'
import { createSubscriptionsService } from '@polar-sh/sdk/2026-10/services/subscriptions'
import { createCustomersService } from '@polar-sh/sdk/2026-10/services/customers'
import type { Connect } from './connect.ts'
import { toApiError } from './errors.ts'

export type BrowserPolar = ReturnType<typeof createBrowserPolar>

/** The SDK for the connection that `connect` holds. Its calls refresh and end as `connect.fetch`. */
export function createBrowserPolar(connect: Pick<Connect, 'fetch'>) {
  const core = createPolarCore({ accessToken: '', baseUrl: PATHS.api })
  core.sendRequest = async ([path, init]) => {
    const headers = new Headers(init.headers)
    headers.delete('Authorization')
    const response = await connect.fetch(path, { ...init, headers })
    if (response.ok) return response
    throw await toApiError(response)
  }
  return {
    /** For services of the SDK that are not listed here, where the app's allow-list has them. */
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
    subscriptions: createSubscriptionsService(core),
  }
}
