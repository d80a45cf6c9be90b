/** Warns before Polar removes the version of its API that this release is built for. */
import { POLAR_VERSION } from '../settings/polar-server.ts'

/**
 * The version of Polar's API that this release is built for, and when it ends: Polar's version policy
 * of 2026-10-01. `docs/operations.md` says how to move it.
 */
export const PINNED_API = {
  version: POLAR_VERSION,
  /** The next version is current from then on. `start` warns. */
  deprecatedFrom: '2027-01-01',
  /** One month is left to update. `diagnose` fails. */
  endsSoonFrom: '2027-03-01',
  /** Polar removes it in the first week: each request with it is a 404. */
  removedFrom: '2027-04-01',
} as const

/**
 * What an operator should know about the end of {@link PINNED_API}, or undefined while that is far.
 *
 * @param now epoch seconds.
 */
export function pinnedApiNotice(
  now: number,
): { readonly urgent: boolean; readonly text: string } | undefined {
  const from = (date: string) => now >= Date.parse(date) / 1000
  const { version, deprecatedFrom, endsSoonFrom, removedFrom } = PINNED_API
  if (!from(deprecatedFrom)) return undefined
  const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const end = `in the first week of ${month.format(new Date(removedFrom))}`
  const text = from(removedFrom)
    ? `Polar removed version ${version} of its API ${end}.`
    : `Polar removes version ${version} of its API ${end}. After that no data loads.`
  return { urgent: from(endsSoonFrom), text }
}
