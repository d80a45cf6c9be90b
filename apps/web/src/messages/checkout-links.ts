/** Checkout links: the list, the form that makes one, and what comes of it. */

export const checkoutLinks = {
  thing: 'checkout links',
  create: 'Create checkout link',
}
