import { describe, expect, it } from 'vitest'
import { decideBanners, type Banner } from './decide-banners.ts'

const NONE = {
  leave_failed: false,
  denied: false,
  ended: false,
  elsewhere: false,
  replaced: false,
  offline: false,
  rate_limited: false,
  clock: false,
  permissions: false,
}

describe('The banners of a page', () => {
  it.each<[readonly Banner[], readonly Banner[]]>([
    [[], []],
    [['permissions'], ['permissions']],
    [
      ['permissions', 'clock'],
      ['clock', 'permissions'],
    ],
    [
      ['permissions', 'clock', 'offline'],
      ['offline', 'clock'],
    ],
    [
      ['rate_limited', 'offline', 'ended'],
      ['ended', 'offline'],
    ],
  ])('of %j are %j', (true_, shown) => {
    const facts = Object.fromEntries(true_.map((banner) => [banner, true]))
    expect(decideBanners({ ...NONE, ...facts })).toEqual(shown)
  })
})
