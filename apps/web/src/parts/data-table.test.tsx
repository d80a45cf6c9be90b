// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DataTable } from './data-table.tsx'

afterEach(() => {
  cleanup()
  getSelection()?.removeAllRanges()
  vi.restoreAllMocks()
})

interface Row {
  readonly id: string
}

function show(linked = true) {
  const followed = vi.fn<(modified: boolean) => void>()
  const opened = vi.spyOn(window, 'open').mockReturnValue(null)
  render(
    <DataTable<Row>
      label="Orders table"
      caption="Orders"
      columns={[
        {
          title: 'Order',
          cell: ({ id }) =>
            linked ? (
              <a
                href={`/orders/${id}`}
                onClick={(event) => {
                  event.preventDefault()
                  followed(event.ctrlKey)
                }}
              >
                {id}
              </a>
            ) : (
              id
            ),
        },
        { title: 'Amount', cell: () => '$20.00' },
        { title: 'Actions', cell: () => <button type="button">Copy</button>, actions: true },
      ]}
      rows={[{ id: 'ACME-0042' }]}
    />,
  )
  return { followed, opened, amount: screen.getByText('$20.00') }
}

describe('A row of a table', () => {
  it('leads where its first cell leads, once', () => {
    const { followed, opened, amount } = show()
    fireEvent.click(amount)
    expect(followed).toHaveBeenCalledOnce()
    fireEvent.click(screen.getByRole('link'))
    expect(followed).toHaveBeenCalledTimes(2)
    expect(opened).not.toHaveBeenCalled()
  })

  it.each([
    ['Ctrl', { ctrlKey: true }],
    ['the command key', { metaKey: true }],
  ])('opens a new tab with %s', (_, keys) => {
    const { followed, opened, amount } = show()
    fireEvent.click(amount, keys)
    expect(opened).toHaveBeenCalledWith(
      expect.stringMatching(/\/orders\/ACME-0042$/),
      '_blank',
      'noopener',
    )
    expect(followed).not.toHaveBeenCalled()
  })

  it('opens a new tab with the middle button, and none with the right one', () => {
    const { opened, amount } = show()
    fireEvent(amount, new MouseEvent('auxclick', { bubbles: true, button: 2 }))
    expect(opened).not.toHaveBeenCalled()
    fireEvent(amount, new MouseEvent('auxclick', { bubbles: true, button: 1 }))
    expect(opened).toHaveBeenCalledOnce()
  })

  it('does nothing for a click on its controls, or while text is selected', () => {
    const { followed, amount } = show()
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
    getSelection()?.selectAllChildren(amount)
    fireEvent.click(amount)
    expect(followed).not.toHaveBeenCalled()
  })

  it('without a link does nothing', () => {
    const { followed, opened, amount } = show(false)
    fireEvent.click(amount, { ctrlKey: true })
    fireEvent.click(amount)
    expect(followed).not.toHaveBeenCalled()
    expect(opened).not.toHaveBeenCalled()
  })
})
