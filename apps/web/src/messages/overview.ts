/** The overview. */
const ARROWS = { up: '▲', down: '▼' } as const

export const overview = {
  title: 'Overview',
  figures: 'Key figures',
  charts: 'Charts',
  thing: 'figures',
  otherCurrency: 'Polar counts figures in US dollars. Orders show their own currency.',
  /** The visible text after an arrow, and the whole sentence for screen readers. */
  change: {
    short: (direction: 'up' | 'down', share: string, before: string) =>
      `${ARROWS[direction]} ${share} from ${before}`,
    shortWithoutShare: (direction: 'up' | 'down', before: string) =>
      `${ARROWS[direction]} from ${before}`,
    up: (share: string, now: string, before: string) =>
      `Up ${share} on finished days: ${now} against ${before}`,
    down: (share: string, now: string, before: string) =>
      `Down ${share} on finished days: ${now} against ${before}`,
    upWithoutShare: (now: string, before: string) =>
      `Up on finished days: ${now} against ${before}`,
    downWithoutShare: (now: string, before: string) =>
      `Down on finished days: ${now} against ${before}`,
    same: 'No change',
  },
  topProducts: {
    title: 'Top products',
    thing: 'top products',
    table: 'Top products table',
    columns: { product: 'Product', orders: 'Orders', revenue: 'Revenue', share: 'Share' },
    other: 'Other products',
    exact: 'Before tax and refunds.',
    picked: 'Picked from the latest 100 orders. Amounts are for the whole period, in US dollars.',
    empty: 'No sales in this period.',
    inCurrency: (currency: string) => `Top products in ${currency}`,
    more: 'See products in Metrics',
  },
  getStarted: {
    title: 'Get started',
    thing: 'first steps',
    hide: 'Hide',
    done: 'Done',
    connect: 'Connect your organization',
    product: 'Create a product',
    link: 'Create a checkout link',
    order: 'Get your first order',
    share: 'Share the link.',
    payToTest: 'Open the link and pay with test data.',
  },
  latestOrders: 'Latest orders',
  allOrders: 'View all orders',
}
