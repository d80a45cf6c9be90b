// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import { dismiss, isDismissed } from './dismissals.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const now = Date.parse('2026-11-23T14:00:00Z')

afterEach(() => localStorage.clear())

describe('A dismissed notice', () => {
  it('comes back after thirty days, and not earlier', () => {
    expect(isDismissed('permissions', 'a', now)).toBe(false)
    dismiss('permissions', 'a', now)
    expect(isDismissed('permissions', 'a', now + 30 * DAY_MS - 1)).toBe(true)
    expect(isDismissed('permissions', 'a', now + 30 * DAY_MS)).toBe(false)
  })

  it('does not hide another one', () => {
    dismiss('permissions', 'a', now)
    expect(isDismissed('permissions', 'b', now)).toBe(false)
  })

  it('is shown again if the stored value is not ours', () => {
    localStorage.setItem('polar-connect:dismissed:permissions', 'no JSON')
    expect(isDismissed('permissions', 'a', now)).toBe(false)
  })
})
