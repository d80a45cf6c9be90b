/** What concerns the whole page. */
import { count, list } from './counting.ts'

export const banners = {
  ended: 'Your Polar session ended. Reconnect to keep working on this page.',
  elsewhere: 'You logged out in another tab.',
  replaced: (name: string) => `This browser is now connected to ${name}.`,
  offline: (time: string) => `You're offline. Showing what we loaded at ${time}.`,
  backOnline: 'Back online.',
  clock: (minutes: number) =>
    `Your computer's clock is ${count(minutes, 'minute', 'minutes')} off. Times on this page are corrected.`,
  permissions: (words: readonly string[]) =>
    `This app can do more with your permission: ${list(words)}.`,
  review: 'Review permissions',
  notNow: 'Not now',
  dismiss: 'Dismiss',
}
