/** The metrics page. */
export const metrics = {
  title: 'Metrics',
  thing: 'metrics',
  product: 'Product',
  allProducts: 'All products',
  amounts: (zone: string) => `Amounts in US dollars. Days in ${zone}.`,
  amountsOfAll: (zone: string) => `All organizations, in US dollars. Days in ${zone}.`,
  charts: 'Charts',
  empty: 'Not enough data yet',
  emptyText: 'Charts fill in after your first order.',
}
