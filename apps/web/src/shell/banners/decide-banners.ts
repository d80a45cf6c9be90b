/** The banners of a page: the most severe first, and two at most. */

/** The most severe first. */
const BANNERS = [
  'leave_failed',
  'denied',
  'ended',
  'elsewhere',
  'replaced',
  'offline',
  'rate_limited',
  'clock',
  'permissions',
] as const

export type Banner = (typeof BANNERS)[number]

const MOST = 2

export function decideBanners(facts: Readonly<Record<Banner, boolean>>): readonly Banner[] {
  return BANNERS.filter((banner) => facts[banner]).slice(0, MOST)
}
