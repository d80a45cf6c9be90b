// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SearchBox } from './search-box.tsx'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function show() {
  const onSearch = vi.fn<(text: string) => void>()
  const boxWith = (value: string) => (
    <SearchBox label="Search orders" hint="Name" value={value} onSearch={onSearch} />
  )
  const { rerender } = render(boxWith(''))
  const box = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search orders' })
  return {
    box,
    onSearch,
    type: (value: string) => fireEvent.change(box, { target: { value } }),
    hear: (value: string) => rerender(boxWith(value)),
  }
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

describe('A search', () => {
  it('begins after a pause in typing', async () => {
    const { onSearch, type } = show()
    type('ad')
    await pass(299)
    type('ada ')
    await pass(299)
    expect(onSearch).not.toHaveBeenCalled()
    await pass(1)
    expect(onSearch.mock.calls).toEqual([['ada']])
  })

  it('keeps later typing while the address catches up', async () => {
    const { box, type, hear } = show()
    type('ad')
    await pass(300)
    type('ada')
    hear('ad')
    expect(box.value).toBe('ada')
  })

  it('follows changes from elsewhere', async () => {
    const { box, type, hear } = show()
    type('ada')
    await pass(300)
    hear('ada')
    hear('')
    expect(box.value).toBe('')
  })

  it.each([
    ['the key of an input method', { isComposing: true }],
    ['the key that ends one in Safari', { keyCode: 229 }],
  ])('leaves %s alone', async (_, init) => {
    const { box, onSearch, type } = show()
    type('東京')
    fireEvent.keyDown(box, { key: 'Enter', ...init })
    expect(onSearch).not.toHaveBeenCalled()
    fireEvent.keyDown(box, { key: 'Escape', ...init })
    expect(box.value).toBe('東京')
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })
    expect(onSearch.mock.calls).toEqual([['東京']])
    fireEvent.keyDown(box, { key: 'Escape', keyCode: 27 })
    expect(box.value).toBe('')
  })
})
