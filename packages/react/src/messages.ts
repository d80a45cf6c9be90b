/** The texts of the components. The provider's `messages` replaces any of them. */
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

/** All texts of the components. `problem` returns the texts for an error. */
export type Messages = typeof DEFAULT_MESSAGES
