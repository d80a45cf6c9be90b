// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

describe('A page that the account may not see', () => {
  it("says so if another account can't be connected", async () => {
    const server = createFakeServer(ACME)
    server.on('/bff/api/v1/products/', () => new Response('{}', { status: 403 }))
    const { user } = openApp('/dashboard/products', server)
    await user.click(
      await screen.findByRole('button', { name: 'Connect a different organization' }),
    )
    expect((await screen.findByRole('alert')).textContent).toBe("This app's server isn't answering")
  })
})
