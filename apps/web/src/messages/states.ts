/** Waiting, failing, and the ways on from there: the states that every piece of data shares. */
import { count } from './counting.ts'

export const states = {
  tryAgain: 'Try again',
  tryAgainNow: 'Try again now',
  tryAgainLater: 'You can try again when the countdown ends.',
  backToStart: 'Back to start',
  backToOverview: 'Back to overview',
  backTo: (page: string) => `Back to ${page}`,
  reload: 'Reload page',
  details: {
    title: 'Technical details',
    code: 'Code',
    status: 'HTTP status',
    description: 'Description',
    reference: 'Reference',
    time: 'Time',
    scope: 'Scope',
  },
  reference: (reference: string) => `Reference: ${reference}`,
  tell: (reference: string) => `Tell the people who run Polar Connect: reference ${reference}.`,
  copy: (thing: string) => `Copy ${thing}`,
  copied: 'Copied',
  copiedAnnouncement: 'Copied.',
  copyBlocked: 'Press Ctrl+C to copy.',
  copyBlockedMac: 'Press ⌘C to copy.',
  things: { reference: 'reference', organizationId: 'organization ID', userId: 'user ID' },
  loading: (thing: string) => `Loading ${thing}`,
  slow: 'Still loading. Polar is taking longer than usual.',
  slowDown: (seconds: number) =>
    `Polar asked us to slow down. Trying again in ${count(seconds, 'second', 'seconds')}.`,
  crash: { title: 'This page stopped working', text: 'The rest of the app still works.' },
  newVersion: {
    title: 'A new version is available',
    text: 'Reload to continue. Nothing you typed is lost.',
  },
  notFoundText: 'Check the address, or go back to the start.',
  openDiagnostics: 'Open diagnostics',
  developers: 'For developers',
  developerHints: {
    access_denied: 'The person pressed Deny on the consent page. There is nothing to mend.',
    invalid_scope: 'Enable every scope in POLAR_SCOPES on the OAuth client in Polar.',
    invalid_client:
      'Sandbox keys only work with sandbox, production keys only with production: check POLAR_SERVER.',
    transaction_missing:
      'Open the app on the host of APP_ORIGIN: localhost and 127.0.0.1 do not share cookies.',
    cookies_blocked: 'Check that the session cookie reaches the browser and is not refused there.',
    organization_mismatch: 'Another organization was picked at Polar than the one to reconnect.',
    other: 'The server log has a line with the same reference.',
  },
  notProvided: 'Not provided',
}
