// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

const PRODUCTS = '/bff/api/v1/products/'

function open() {
  const server = createFakeServer(ACME)
  openApp('/dashboard/products', server)
  const count = (call: string) => server.calls.filter((each) => each.startsWith(call)).length
  return { server, count }
}

describe('A read', () => {
  it('that fails twice while the server answers another call is blocked on the way', async () => {
    const { server, count } = open()
    server.on('/bff/health', () => Response.json({ status: 'ok' }))
    await screen.findByRole('heading', { name: 'Something in your browser blocked this' })
    expect(count(`GET ${PRODUCTS}`)).toBe(2)
  })

  it('is sent once if the server answers nothing', async () => {
    const { count } = open()
    await screen.findByRole('heading', { name: "This app's server isn't answering" })
    expect(count(`GET ${PRODUCTS}`)).toBe(1)
    expect(count('GET /bff/health')).toBe(1)
  })

  it('has a name for an answer that is not JSON', async () => {
    const { server } = open()
    server.on(PRODUCTS, () => new Response('<p>Welcome to our WiFi.</p>'))
    expect(await screen.findByText('bad_response')).toBeTruthy()
  })
})
