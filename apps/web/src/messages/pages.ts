/** The headings of pages that have no other texts, or that the frame names. */
export const pages = {
  index: 'Connect your Polar account',
  signedOut: "You're logged out",
  disconnected: "You're disconnected",
  newCheckoutLink: 'New checkout link',
  editCheckoutLink: 'Edit checkout link',
  connection: 'Connection',
  profile: 'Profile',
  yourProfile: 'Your profile',
  callback: 'Connecting to Polar',
  diagnostics: 'Diagnostics',
}
