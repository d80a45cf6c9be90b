/**
 * The screens of the dashboard in the order of the navigation. Routes, navigation, prefetch, gallery
 * and the journeys over all lists read this table: a screen is one row.
 */
import type { Scope } from '@polar-connect/protocol'
import type { Identified } from '../data/list-page.ts'
import type { Resource, ResourceName } from './resource.ts'

export type PageName = 'overview' | 'metrics' | 'connection'

interface Place {
  /** Its texts in the messages, and its icon. */
  readonly name: ResourceName | PageName
  /** Below `/dashboard`. For a list also its path in Polar's API. */
  readonly path: string
  /** The permissions that the screen needs. */
  readonly scope?: Scope
}

/** A screen that is not a list. */
export interface PageRow extends Place {
  readonly name: PageName
}

/** A list of records, maybe with details of each. */
export interface ResourceRow extends Place {
  readonly name: ResourceName
  readonly resource: () => Promise<Resource<Identified>>
  readonly details: boolean
}

/** What the screens of a list and of a record get. */
export interface ScreenProps {
  readonly row: ResourceRow
  readonly resource: Resource<Identified>
}

export const SCREENS: readonly (PageRow | ResourceRow)[] = [
  {
    name: 'overview',
    path: '',
  },
  {
    name: 'products',
    path: 'products',
    scope: 'products:read',
    details: true,
    resource: async () => (await import('./products.tsx')).products,
  },
  {
    name: 'orders',
    path: 'orders',
    scope: 'orders:read',
    details: true,
    resource: async () => (await import('./orders.tsx')).orders,
  },
  {
    name: 'customers',
    path: 'customers',
    scope: 'customers:read',
    details: true,
    resource: async () => (await import('./customers.tsx')).customers,
  },
  {
    name: 'subscriptions',
    path: 'subscriptions',
    scope: 'subscriptions:read',
    details: false,
    resource: async () => (await import('./subscriptions.tsx')).subscriptions,
  },
  {
    name: 'metrics',
    path: 'metrics',
    scope: 'metrics:read',
  },
  {
    name: 'checkoutLinks',
    path: 'checkout-links',
    scope: 'checkout_links:read',
    details: false,
    resource: async () => (await import('./checkout-links.tsx')).checkoutLinks,
  },
  {
    name: 'discounts',
    path: 'discounts',
    scope: 'discounts:read',
    details: true,
    resource: async () => (await import('./discounts.tsx')).discounts,
  },
  {
    name: 'connection',
    path: 'connection',
  },
]

export const RESOURCES: readonly ResourceRow[] = SCREENS.filter((row) => 'resource' in row)

/** The address of a screen, or of one record of it. */
export function addressOf({ path }: Pick<Place, 'path'>, id?: string): string {
  return ['/dashboard', path, id].filter(Boolean).join('/')
}
