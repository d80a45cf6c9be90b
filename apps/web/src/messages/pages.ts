/** The names of the pages: headings, and links to them. */
export const pages = {
  index: 'Connect your Polar account',
  signedOut: "You're logged out",
  disconnected: "You're disconnected",
  overview: 'Overview',
  products: 'Products',
  orders: 'Orders',
  customers: 'Customers',
  subscriptions: 'Subscriptions',
  metrics: 'Metrics',
  checkoutLinks: 'Checkout links',
  newCheckoutLink: 'New checkout link',
  profile: 'Profile',
  yourProfile: 'Your profile',
  connection: 'Connection',
  callback: 'Connecting to Polar',
  diagnostics: 'Diagnostics',
}
