/** Messages about the whole page. */
import { count, list } from './counting.ts'

export const banners = {
  ended: (app: string, org: string) =>
    `${app} no longer has access to ${org}. Reconnect to keep working on this page.`,
  denied: (app: string, org: string) =>
    `You didn't allow access. ${app} still has no access to ${org}.`,
  elsewhere: 'You logged out in another tab.',
  replaced: (name: string) => `You connected ${name} in another tab.`,
  offline: (time: string) => `You're offline. Showing what we loaded at ${time}.`,
  backOnline: 'Back online.',
  /** In the largest unit that fits. */
  clock: (minutes: number) => {
    const off =
      minutes < 120
        ? count(minutes, 'minute', 'minutes')
        : minutes < 48 * 60
          ? count(Math.round(minutes / 60), 'hour', 'hours')
          : count(Math.round(minutes / 1440), 'day', 'days')
    return `Your computer's clock is ${off} off. Times on this page are corrected.`
  },
  permissions: (app: string, words: readonly string[]) =>
    `New: ${app} can also ${list(words)}, if you allow it.`,
  review: 'Review permissions',
  notNow: 'Not now',
  dismiss: 'Dismiss',
}
