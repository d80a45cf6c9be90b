// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  cleanup()
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** As in a build with these addresses. */
async function show(env: Readonly<Record<string, string>>): Promise<HTMLElement> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.resetModules()
  const { AppLinks } = await import('./app-links.tsx')
  return render(<AppLinks />).container
}

it('links only to the pages that the app has', async () => {
  await show({
    VITE_PRIVACY_URL: 'https://ledger.example/privacy',
    VITE_HELP_URL: 'mailto:help@ledger.example',
  })
  const links = screen.getAllByRole<HTMLAnchorElement>('link')
  expect(links.map(({ textContent, href }) => [textContent, href])).toEqual([
    ['Privacy', 'https://ledger.example/privacy'],
    ['Get help', 'mailto:help@ledger.example'],
  ])
})

it('without any shows nothing', async () => {
  expect((await show({})).innerHTML).toBe('')
})
