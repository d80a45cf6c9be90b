/** The overview. */
export const overview = {
  title: 'Overview',
  figures: 'Key figures',
  charts: 'Charts',
  thing: 'figures',
  tiles: {
    revenue: 'Revenue',
    orders: 'Orders',
    monthly_recurring_revenue: 'Monthly recurring revenue',
    active_subscriptions: 'Active subscriptions',
  },
  before: {
    '7d': 'the previous 7 days',
    '30d': 'the previous 30 days',
    '90d': 'the previous 90 days',
    '12m': 'the previous 12 months',
  },
  up: (share: string, before: string) => `Up ${share} from ${before}`,
  down: (share: string, before: string) => `Down ${share} from ${before}`,
  same: (before: string) => `No change from ${before}`,
  new: 'New',
  newFrom: (before: string) => `New: nothing in ${before}`,
  latestOrders: 'Latest orders',
  allOrders: 'View all orders',
}
