/** The few words that these components say themselves. An app replaces any of them. */
import { problemText } from '@polar-connect/browser/texts'

export const DEFAULT_MESSAGES = {
  connect: 'Connect with Polar',
  opening: 'Opening Polar…',
  callbackTitle: 'Connecting to Polar',
  callbackText: 'One moment…',
  callbackProgress: 'Finishing the connection',
  callbackSlow: 'Still working. Polar is slow right now.',
  grant: 'Allow access',
  why: 'Why does the app need this?',
  grantDenied: 'Permission not granted. Nothing changed.',
  problem: problemText,
}

export type Messages = typeof DEFAULT_MESSAGES
