// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dismiss, isDismissed, useDismissal } from './dismissals.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const now = Date.parse('2026-11-23T14:00:00Z')

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

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

  it('stays hidden in this visit if site data is blocked', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    const { result } = renderHook(() => useDismissal('permissions', 'a'))
    expect(result.current.dismissed).toBe(false)
    act(() => result.current.dismiss())
    expect(result.current.dismissed).toBe(true)
    expect(isDismissed('permissions', 'a')).toBe(false)
  })
})
