/** The seeded people, organizations, products and sales. The same seed gives the same data. */
import { toTimestamp } from '../runtime/clock.ts'
import type { Dataset, Membership, Person } from '../objects/dataset.ts'
import type { Organization, Product } from '../objects/models.ts'
import { createOrganization } from '../objects/organization.ts'
import { createProduct, type ProductPlan } from '../objects/product.ts'
import { createRandom } from '../runtime/random.ts'
import { createSales, type SalesVolume } from './sales.ts'
import { createAwkwardSales } from './awkward-sales.ts'
import type { DatasetName } from './dataset-name.ts'

const DAY = 86_400

/** Their IDs are the same for every seed, so that tests and bookmarks can rely on them. */
const PEOPLE: readonly Person[] = [
  person('7b0d6e0e-6f0f-4d0a-9a3e-0d5d2f8f1c11', 'Ada Lovelace', 'ada@example.com', true),
  person('7b0d6e0e-6f0f-4d0a-9a3e-0d5d2f8f1c12', 'Grace Hopper', 'grace@example.com', true),
  person('7b0d6e0e-6f0f-4d0a-9a3e-0d5d2f8f1c13', 'Noor Newcomer', 'noor@example.com', true),
  person('7b0d6e0e-6f0f-4d0a-9a3e-0d5d2f8f1c14', 'Uma Unverified', 'uma@example.com', false),
]

const ORGANIZATIONS = [
  {
    id: '1dbfc517-0bbf-4301-9ba8-555ca42b9731',
    name: 'Acme Books',
    slug: 'acme-books',
    currency: 'usd',
    country: 'US',
  },
  {
    id: '1dbfc517-0bbf-4301-9ba8-555ca42b9732',
    name: 'Nord Studio',
    slug: 'nord-studio',
    currency: 'eur',
    country: 'SE',
  },
  {
    id: '1dbfc517-0bbf-4301-9ba8-555ca42b9733',
    name: 'Sakura Works',
    slug: 'sakura-works',
    currency: 'jpy',
    country: 'JP',
  },
  {
    id: '1dbfc517-0bbf-4301-9ba8-555ca42b9734',
    name: "Uma's Shop",
    slug: 'umas-shop',
    currency: 'huf',
    country: 'HU',
  },
] as const

type OrganizationSlug = (typeof ORGANIZATIONS)[number]['slug']

const MEMBERSHIPS: readonly (readonly [string, OrganizationSlug, Membership['role']])[] = [
  ['ada@example.com', 'acme-books', 'owner'],
  ['ada@example.com', 'nord-studio', 'admin'],
  ['ada@example.com', 'sakura-works', 'member'],
  ['grace@example.com', 'acme-books', 'member'],
  ['uma@example.com', 'umas-shop', 'owner'],
]

const PRODUCTS: Record<OrganizationSlug, readonly ProductPlan[]> = {
  'acme-books': [
    { name: 'The Engine Companion (e-book)', amount: 1900, ageDays: 320 },
    { name: 'Notes on Looms (paperback)', amount: 2400, ageDays: 290 },
    { name: 'Reader plan', amount: 500, every: 'month', ageDays: 280 },
    { name: 'Reader plan, yearly', amount: 4800, every: 'year', ageDays: 280 },
    { name: 'Pay what you want: first chapter', amount: 'custom', ageDays: 200 },
    { name: 'Free sampler', amount: 0, ageDays: 180 },
    { name: 'Weaving workshop (video course)', amount: 7900, ageDays: 90 },
    { name: 'Letters, first edition', amount: 3500, ageDays: 400, archived: true },
  ],
  'nord-studio': [
    { name: 'Poster, A2', amount: 3200, ageDays: 150 },
    { name: 'Studio membership', amount: 1200, every: 'month', ageDays: 120 },
    { name: 'Icon set', amount: 4900, ageDays: 60 },
  ],
  'sakura-works': [
    { name: 'Paper pattern pack', amount: 1500, ageDays: 100 },
    { name: 'Workshop seat', amount: 8800, ageDays: 40 },
  ],
  'umas-shop': [],
}

const SALES: Record<OrganizationSlug, SalesVolume> = {
  'acme-books': { customers: 40, subscriptions: 18, orders: 120 },
  'nord-studio': { customers: 8, subscriptions: 4, orders: 24 },
  'sakura-works': { customers: 6, subscriptions: 0, orders: 14 },
  'umas-shop': { customers: 0, subscriptions: 0, orders: 0 },
}
const LARGE: SalesVolume = { customers: 1500, subscriptions: 400, orders: 5000 }

/** @param options.now epoch seconds. All dates are shortly before it, so the data looks recent. */
export function createDataset(options: {
  readonly name: DatasetName
  readonly seed: number
  readonly now: number
}): Dataset {
  const random = createRandom(options.seed)
  const midnight = Math.floor(options.now / DAY) * DAY
  const organizations: Organization[] = []
  const products: Product[] = []
  for (const profile of ORGANIZATIONS) {
    const createdAt = toTimestamp(midnight - 420 * DAY)
    organizations.push(createOrganization({ ...profile, createdAt }))
    for (const plan of options.name === 'empty' ? [] : PRODUCTS[profile.slug]) {
      const minute = random.between(0, 1439) * 60
      products.push(
        createProduct({
          ...plan,
          id: random.uuid(),
          priceId: random.uuid(),
          organizationId: profile.id,
          currency: profile.currency,
          createdAt: toTimestamp(midnight - plan.ageDays * DAY + minute),
        }),
      )
    }
  }
  const dataset: Dataset = {
    people: PEOPLE.map((entry) => ({ ...entry })),
    memberships: MEMBERSHIPS.map(([email, slug, role]) => ({
      personId: PEOPLE.find((entry) => entry.email === email)?.id ?? '',
      organizationId: ORGANIZATIONS.find((entry) => entry.slug === slug)?.id ?? '',
      role,
    })),
    organizations,
    products,
    benefits: [],
    discounts: [],
    customers: [],
    subscriptions: [],
    orders: [],
    refunds: [],
    checkouts: [],
    checkout_links: [],
  }
  if (options.name === 'empty') return dataset
  // Sales have their own random numbers: more sales must not change the IDs of the products.
  const salesRandom = createRandom(options.seed + 1)
  const now = Math.floor(options.now / 60) * 60
  for (const [index, { id, slug }] of ORGANIZATIONS.entries()) {
    const organization = organizations[index]
    if (organization === undefined || SALES[slug].customers === 0) continue
    const own = products.filter((product) => product.organization_id === id)
    const shop = { organization, products: own, random: salesRandom, now }
    const volume = options.name === 'large' && slug === 'acme-books' ? LARGE : SALES[slug]
    add(dataset, createSales(shop, volume))
    if (options.name === 'awkward') add(dataset, createAwkwardSales(shop))
  }
  return dataset
}

function add(dataset: Dataset, sales: Partial<Dataset>): void {
  dataset.products.push(...(sales.products ?? []))
  dataset.benefits.push(...(sales.benefits ?? []))
  dataset.discounts.push(...(sales.discounts ?? []))
  dataset.customers.push(...(sales.customers ?? []))
  dataset.subscriptions.push(...(sales.subscriptions ?? []))
  dataset.orders.push(...(sales.orders ?? []))
  dataset.refunds.push(...(sales.refunds ?? []))
  dataset.checkout_links.push(...(sales.checkout_links ?? []))
}

function person(id: string, name: string, email: string, emailVerified: boolean): Person {
  return { id, name, email, emailVerified, avatarUrl: null }
}
