/** What may reach Polar's API through the proxy, and what must not. */

/** An id that no one has. */
export const SOMEBODY = '1dbfc517-0bbf-4301-9ba8-555ca42b9999'

/** Paths of Polar's API that are on no list. */
export const UNLISTED = [
  '/v1/oauth2/token',
  '/v1/oauth2/authorize',
  '/v1/oauth2/revoke',
  '/v1/oauth2/introspect',
  '/v1/oauth2/register',
  '/v1/organization-access-tokens/',
  '/v1/personal_access_tokens/',
  '/v1/customer-sessions/',
  '/v1/member-sessions/',
  '/v1/customer-portal/orders/',
  '/v1/webhooks/endpoints',
  '/v1/auth/logout',
  '/v1/login-code/request',
  '/v1/users/me',
  '/v1/files/',
  '/v1/license-keys/',
  '/v1/events/',
  '/v1/event-types/',
  '/v1/meters/',
  '/v1/disputes/',
  '/v1/payments/',
  '/v1/custom-fields/',
  '/v1/seats/',
  '/v1/wallets/',
  '/v1/products/export',
  `/v1/orders/${SOMEBODY}/receipt`,
  '/v1/customers/external/x',
  '/v1/products/not-a-uuid',
  '/v1/PRODUCTS/',
  '/v2/products/',
  '/',
]

/** The only paths that may ever be asked of Polar's API here. */
export const TEMPLATES =
  /^\/v1\/((organizations|products|orders|customers|subscriptions|checkouts|checkout-links|benefits|discounts)\/([0-9a-f-]{36})?|orders\/[0-9a-f-]{36}\/invoice|refunds\/|metrics\/(limits)?|oauth2\/(token|revoke|introspect|userinfo)|)$/

/** Targets that try to slip past the list, as they go over the wire. */
export const RAW_TARGETS = [
  '/bff/api/../oauth2/token',
  '/bff/api/v1/products/../oauth2/token',
  '/bff/api/v1/products/..%2f..%2foauth2/token',
  '/bff/api/v1/%2e%2e/oauth2/token',
  '/bff/api/v1/.%2e/v1/oauth2/token',
  '/bff/api/v1/%252e%252e/oauth2/token',
  '/bff/api/v1/./products/',
  '/bff/api//evil.com/v1/products/',
  '/bff/api/v1//products',
  '/bff/api/\\evil.com',
  '/bff/api/v1\\products/',
  '/bff/api/v1/%5cproducts/',
  '/bff/api/@evil.com/',
  '/bff/api/v1/products;x=1/',
  '/bff/api/v1/products/;x=1',
  '/bff/api/v1/products/#?page=2',
  '/bff/api/v1/products/%00',
  '/bff/api/v1/products/%0d%0aX:1',
  '/bff/api/v1/products/%2e',
  '/bff/api/v1/products%2f',
  '/BFF/API/v1/products/',
  '/bff/API/v1/products/',
  '/bff/api/v1/products/\xc0\xae\xc0\xae/',
  '/bff/api/v1/products/%c0%ae%c0%ae/',
  '/bff/api/v1/prodücts/',
  `/bff/api/v1/${'a'.repeat(9000)}`,
  '/bff/api/api/v1/products/',
  '/bff/api/v1/oauth2/token/',
  '/bff/api/v1/oauth2/token',
  '/bff/api/v1/users/me/',
  `/bff/api/v1/products/${SOMEBODY}/`,
  `/bff/api/v1/products/${SOMEBODY.toUpperCase()}`,
  '/bff/api/v1/products\t/',
  '/bff/api/v1/products/\x7f',
]
