// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSecondsLeft } from './use-ticking.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

function Left({ until }: { readonly until?: number }) {
  return <output>{useSecondsLeft(until)}</output>
}

it('the seconds left begin with the moment, also long after the component', async () => {
  const { container, rerender } = render(<Left />)
  await pass(2400)
  rerender(<Left until={Date.now() + 600_000} />)
  expect(container.textContent).toBe('600')
  await pass(1000)
  expect(container.textContent).toBe('599')
  // A laptop that slept: the timers stood still, and the clock did not.
  vi.setSystemTime(Date.now() + 590_000)
  await pass(1000)
  expect(container.textContent).toBe('8')
  await pass(60_000)
  expect(container.textContent).toBe('0')
})
