// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AnnouncerProvider } from '../parts/announcer.tsx'
import { QuerySection } from './query-section.tsx'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

function show(queryFn: () => Promise<string>) {
  function Section() {
    const query = useQuery({ queryKey: ['orders'], queryFn })
    return (
      <QuerySection query={query} thing="orders">
        {(data) => data}
      </QuerySection>
    )
  }
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <AnnouncerProvider>
        <Section />
      </AnnouncerProvider>
    </QueryClientProvider>,
  )
  return {
    text: () => container.textContent,
    skeleton: () => container.querySelector('.pc-skeleton')?.parentElement?.className,
  }
}

const forever = () => new Promise<never>(() => undefined)

describe('Waiting', () => {
  it('shows nothing at first, then a skeleton, and says so after a second', async () => {
    const { text, skeleton } = show(forever)
    await pass(149)
    expect(skeleton()).toContain('unseen')
    await pass(1)
    expect(skeleton()).not.toContain('unseen')
    await pass(849)
    expect(text()).toBe('')
    await pass(1)
    expect(text()).toBe('Loading orders')
  })

  it('for five seconds offers another try', async () => {
    const answer = vi.fn<() => Promise<string>>(forever)
    const { text } = show(answer)
    await pass(4999)
    expect(screen.queryByRole('button')).toBeNull()
    await pass(1)
    expect(text()).toContain('Still loading. Polar is slow right now.')
    answer.mockResolvedValue('twenty orders')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await pass(0)
    expect(text()).toContain('twenty orders')
    expect(answer).toHaveBeenCalledTimes(2)
  })
})
