/** The words of the components. An app replaces any of them with `messages` of its provider. */
import { signInText } from '@polar-connect/browser/texts'

export const DEFAULT_MESSAGES = {
  connect: 'Connect with Polar',
  opening: 'Opening Polar…',
  tryAgain: 'Try again',
  reconnect: 'Reconnect',
  logOut: 'Log out',
  loggingOut: 'Logging out…',
  backToStart: 'Back to start',
  openAddress: (origin: string) => `Open ${origin}`,
  reference: (reference: string) => `Reference: ${reference}`,
  details: 'Technical details',
  callbackTitle: 'Connecting to Polar',
  callbackText: 'One moment…',
  callbackSlow: 'Still working. Polar is slow right now.',
  grant: 'Allow access',
  why: 'Why does the app need this?',
  grantDenied: 'Permission not granted. Nothing changed.',
  problem: signInText,
}

/** Every word of the components. `problem` tells what a sign-in failed with. */
export type Messages = typeof DEFAULT_MESSAGES
