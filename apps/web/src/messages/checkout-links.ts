/** Checkout links: the list, the form that makes one, and what comes of it. */
import { count, number } from './counting.ts'

export const checkoutLinks = {
  title: 'Checkout links',
  thing: 'checkout links',
  one: 'checkout link',
  count: (amount: number) => count(amount, 'checkout link', 'checkout links'),
  loaded: (shown: number, all: number) =>
    `Checkout links loaded, ${number(shown)} of ${number(all)}.`,
  table: 'Checkout links table',
  columns: { name: 'Name', products: 'Products', link: 'Link', created: 'Created' },
  copyFor: (name: string) => `Copy link for ${name}`,
  openFor: (name: string) => `Open link for ${name}`,
  open: 'Open link',
  empty: 'No checkout links yet',
  emptyText: 'A checkout link is a web address where people can buy.',
  create: 'Create checkout link',

  name: 'Name',
  nameHint: 'Only you see this.',
  products: 'Products',
  required: '(required)',
  search: 'Search products',
  noMatch: 'No product has this in its name.',
  /** Polar gives so many at once. */
  more: 'There are more products than these: search to find the others.',
  successPage: 'Success page',
  successPageHint: 'Where buyers land after paying. Must start with https://.',
  discountCodes: 'Allow discount codes',
  billingAddress: 'Require full billing address',
  choose: 'Choose at least one product.',
  address: 'Enter a full web address that starts with https://.',
  /** Above the form, with what is wrong below it. */
  check: (amount: number) => `Check ${count(amount, 'field', 'fields')}`,
  notAccepted: "Polar didn't accept what you entered.",
  creating: 'Creating…',
  cancel: 'Cancel',
  grant: 'Grant permission to create links',
  grantHint: 'What you enter here stays while you confirm at Polar.',

  ready: 'Checkout link ready',
  readyText: 'Send it to buyers, or put it on your website.',
  tryIt: 'Open it and press Pay (test) to see an order of your own on the dashboard.',
  created: 'Checkout link created.',
  field: 'Web address',
  link: 'link',
  another: 'Create another',
}
