/** Warns before Polar removes the version of its API that this release is built for. */
import { PINNED_API } from '../settings/polar-server.ts'

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
