import { describe, expect, it } from 'vitest'
import { describeScope, describeScopes } from './scope-words.ts'
import { DEFAULT_SCOPES, SCOPES, hasScope } from './scopes.ts'

/** Sealed sessions store positions in the catalogue, so a position never changes its scope. */
const SEALED_POSITIONS = [
  'openid',
  'profile',
  'email',
  'user:read',
  'user:write',
  'notifications:read',
  'notifications:write',
  'notification_recipients:read',
  'notification_recipients:write',
  'organizations:read',
  'organizations:write',
  'members:read',
  'members:write',
  'products:read',
  'products:write',
  'benefits:read',
  'benefits:write',
  'discounts:read',
  'discounts:write',
  'checkout_links:read',
  'checkout_links:write',
  'checkouts:read',
  'checkouts:write',
  'custom_fields:read',
  'custom_fields:write',
  'orders:read',
  'orders:write',
  'subscriptions:read',
  'subscriptions:write',
  'refunds:read',
  'refunds:write',
  'payments:read',
  'disputes:read',
  'disputes:write',
  'metrics:read',
  'metrics:write',
  'transactions:read',
  'transactions:write',
  'payouts:read',
  'payouts:write',
  'customers:read',
  'customers:write',
  'customer_sessions:write',
  'member_sessions:write',
  'customer_seats:read',
  'customer_seats:write',
  'customer_meters:read',
  'wallets:read',
  'wallets:write',
  'customer_portal:read',
  'customer_portal:write',
  'events:read',
  'events:write',
  'meters:read',
  'meters:write',
  'files:read',
  'files:write',
  'license_keys:read',
  'license_keys:write',
  'webhooks:read',
  'webhooks:write',
]

describe('the scope catalogue', () => {
  it('keeps each scope at the position that living cookies store; new ones go to the end', () => {
    expect(SCOPES.slice(0, SEALED_POSITIONS.length)).toEqual(SEALED_POSITIONS)
  })

  it('names each permission once', () => {
    expect(new Set(SCOPES).size).toBe(SCOPES.length)
  })

  it('marks each writing permission as changing data, and no reading one', () => {
    for (const scope of SCOPES.filter((name) => name.includes(':'))) {
      expect(describeScope(scope).changes, scope).toBe(scope.endsWith(':write'))
    }
  })

  it('asks by default for no permission that changes data', () => {
    expect(DEFAULT_SCOPES.filter((scope) => describeScope(scope).changes)).toEqual([])
  })

  it.each([
    ['openid', 'See who you are'],
    ['orders:read', 'See your orders'],
    ['orders:write', 'Edit your orders'],
    ['checkout_links:write', 'Create and edit checkout links'],
    ['notifications:write', 'Mark your notifications as read'],
    ['customer_sessions:write', 'Create and edit customer portal sessions'],
  ])('says of %s: %s', (scope, label) => {
    expect(describeScope(scope).label).toBe(label)
  })

  it('describes an unknown permission by its name, as one that changes data', () => {
    expect(describeScope('moons:orbit')).toEqual({
      scope: 'moons:orbit',
      thing: 'moons:orbit',
      words: 'use moons:orbit',
      label: 'Use moons:orbit',
      area: 'Other',
      changes: true,
    })
  })
})

describe('a permission', () => {
  it.each([
    ['products:read', ['products:read'], true],
    ['products:read', ['products:write'], true],
    ['products:read', ['orders:write'], false],
    ['products:read', [], false],
    ['products:write', ['products:read'], false],
    ['products:write', ['products:write'], true],
    ['openid', ['openid'], true],
    // For these two, Polar accepts only the read scope.
    ['orders:read', ['orders:write'], false],
    ['orders:read', ['orders:read'], true],
    ['metrics:read', ['metrics:write'], false],
    ['metrics:read', ['metrics:read'], true],
  ])('%s is granted with %j: %s', (scope, scopes, granted) => {
    expect(hasScope(scopes, scope)).toBe(granted)
  })
})

describe('several permissions in words', () => {
  it.each([
    [['orders:read'], 'see your orders'],
    [['orders:read', 'metrics:read'], 'see your orders and metrics'],
    [['orders:read', 'checkout_links:write'], 'see your orders and create and edit checkout links'],
    [['orders:read', 'news:write'], 'see your orders and use news:write'],
  ])('of %s say "%s"', (scopes, words) => {
    expect(describeScopes(scopes)).toBe(words)
  })
})
