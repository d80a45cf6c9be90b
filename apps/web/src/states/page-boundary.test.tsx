// @vitest-environment jsdom
import { createConnect } from '@polar-connect/browser'
import { ConnectProvider } from '@polar-connect/react'
import { cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeServer } from '../testing/fake-server.ts'
import { PageBoundary, decideCrash } from './page-boundary.tsx'

beforeEach(() => {
  // React logs every crash. Here crashes are expected.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.restoreAllMocks()
})

const GONE = new TypeError('Failed to fetch dynamically imported module: /assets/a.js')

function crash(failure: Error) {
  const reload = vi.fn<() => void>()
  const Page = (): ReactNode => {
    throw failure
  }
  render(
    <MemoryRouter>
      <ConnectProvider connect={createConnect({ fetch: createFakeServer().fetch })}>
        <PageBoundary reload={reload}>
          <Page />
        </PageBoundary>
      </ConnectProvider>
    </MemoryRouter>,
  )
  return reload
}

describe('A page that breaks', () => {
  it('says so, and the rest of the app still works', () => {
    crash(new Error('x'))
    screen.getByRole('heading', { level: 1, name: 'This page stopped working' })
    expect(screen.getByText('The rest of the app still works.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Reload page' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Back to overview' })).toBeTruthy()
  })

  it('because of a deploy reloads by itself, once', () => {
    expect(crash(GONE)).toHaveBeenCalledTimes(1)
    screen.getByRole('heading', { level: 1, name: 'A new version is available' })
    cleanup()
    const again = crash(GONE)
    expect(again).not.toHaveBeenCalled()
    screen.getByRole('button', { name: 'Reload page' })
  })

  it('without a network comes back with it', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const reload = crash(GONE)
    screen.getByRole('heading', { level: 1, name: "You're offline" })
    expect(reload).not.toHaveBeenCalled()
    dispatchEvent(new Event('online'))
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['Importing a module script failed.', 'chunk_load'],
    ['error loading dynamically imported module: /assets/a.js', 'chunk_load'],
    ['x is not a function', 'page_crash'],
  ])('is known by what browsers say: %s', (message, code) => {
    expect(decideCrash(new TypeError(message), true)).toBe(code)
  })
})
