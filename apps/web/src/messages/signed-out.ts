/** The page after logging out. */
export const signedOut = {
  text: 'No account data is stored in this browser.',
  disconnected: (app: string, org: string) =>
    `Disconnected. ${app} no longer has access to ${org} from this browser.`,
}
