/** The page after leaving. */
export const signedOut = {
  text: 'Nothing of your account is left in this browser.',
  disconnected: (name: string) => `Disconnected. Polar Connect no longer has access to ${name}.`,
}
