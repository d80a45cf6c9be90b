// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  ACME,
  createFakeServer,
  page,
  problem,
  product,
  sessionOf,
  type Answer,
} from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

const PATH = '/dashboard/checkout-links/new'
const LINKS = '/bff/api/v1/checkout-links/'
const PRODUCTS = '/bff/api/v1/products/'
const ID = 'a9b8c7d6-e5f4-4a3b-9c2d-1e0f9a8b7c88'

const LINK = {
  id: ID,
  url: 'https://buy.example/polar_cl_1',
  label: 'Summer',
  products: [],
  created_at: '2026-11-23T14:00:00Z',
}

const writer = { ...ACME, scopes: [...ACME.scopes, 'checkout_links:read', 'checkout_links:write'] }
const shop = () => page([product('Reader plan'), product('Workshop')])

interface Opened {
  readonly path?: string
  readonly connection?: typeof ACME
  readonly products?: Answer
  readonly create?: Answer
}

function open(options: Opened = {}) {
  const { path = PATH, connection = writer, products = shop } = options
  const server = createFakeServer(connection)
  server.on(PRODUCTS, products)
  server.on(LINKS, options.create ?? (() => Response.json(LINK, { status: 201 })))
  server.on(`${LINKS}${ID}`, () => Response.json(LINK))
  const created = () => server.calls.filter((call) => call === `POST ${LINKS}`).length
  return { server, created, ...openApp(path, server) }
}

const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name })
const nameField = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })
const pressCreate = () => screen.getByRole('button', { name: 'Create checkout link' })

describe('The form of a checkout link', () => {
  it('makes one of what was entered, and shows it', async () => {
    const { server, created, user } = open()
    await user.type(await nameField(), 'Summer')
    await user.click(await box('Workshop'))
    await user.type(screen.getByLabelText('Success page'), 'https://shop.example/thanks')
    await user.click(await box('Allow discount codes'))
    await user.click(await box('Require full billing address'))
    await user.click(pressCreate())
    await screen.findByRole('heading', { level: 1, name: 'Checkout link ready' })
    expect(server.bodies.at(-1)).toEqual({
      payment_processor: 'stripe',
      products: ['Workshop'],
      label: 'Summer',
      success_url: 'https://shop.example/thanks',
      allow_discount_codes: false,
      require_billing_address: true,
    })
    expect(created()).toBe(1)
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Web address' }).value).toBe(
      LINK.url,
    )
    expect(screen.getByRole('button', { name: 'Copy link' })).toBeTruthy()
    const opening = screen.getByRole('link', { name: /^Open link/ })
    expect(opening.getAttribute('href')).toBe(LINK.url)
    expect(location.search).toBe(`?created=${ID}`)
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Checkout link ready'))
    expect(sessionStorage.getItem('polar-connect:link-draft')).toBeNull()
    await user.click(screen.getByRole('link', { name: 'Create another' }))
    expect((await nameField()).value).toBe('')
  })

  it('names each field that is wrong, and the way to it', async () => {
    const { created, user } = open()
    await box('Workshop')
    await user.type(screen.getByLabelText('Success page'), 'shop.example')
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(pressCreate())
    const summary = await screen.findByRole('alert')
    expect(within(summary).getByRole('heading', { name: 'Check 2 fields' })).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(summary))
    await user.click(within(summary).getByRole('link', { name: 'Choose at least one product.' }))
    expect(document.activeElement).toBe(await box('Reader plan'))
    const address = screen.getByLabelText<HTMLInputElement>('Success page')
    expect(address.getAttribute('aria-invalid')).toBe('true')
    const described = (address.getAttribute('aria-describedby') ?? '').split(' ')
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      'Where buyers land after paying. Must start with https://.',
      'Enter a full web address that starts with https://.',
    ])
    // A field that had a fault is looked at anew with each change.
    await user.click(await box('Reader plan'))
    expect(within(summary).getByRole('heading', { name: 'Check 1 field' })).toBeTruthy()
    await user.clear(address)
    await user.type(address, 'https://shop.example')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(created()).toBe(0)
  })

  it('puts what Polar refuses at its field, and the rest above them', async () => {
    const detail = [
      { loc: ['body', 'products', 0], msg: 'Product is archived.', type: 'value_error' },
      { loc: ['body', 'metadata'], msg: 'Too much metadata.', type: 'value_error' },
    ]
    const { user } = open({ create: () => Response.json({ detail }, { status: 422 }) })
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    const summary = await screen.findByRole('alert')
    expect(within(summary).getByText('Too much metadata.')).toBeTruthy()
    expect(within(summary).getByRole('link', { name: 'Product is archived.' })).toBeTruthy()
    const fields = screen.getByRole('group', { name: /^Products/ })
    expect(within(fields).getByText('Product is archived.')).toBeTruthy()
    expect((await box('Workshop')).checked).toBe(true)
  })

  it('sends once, however often it is pressed', async () => {
    const answered = Promise.withResolvers<Response>()
    const { created, user } = open({ create: () => answered.promise })
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    const pending = await screen.findByRole('button', { name: 'Creating…' })
    expect(pending.getAttribute('aria-disabled')).toBe('true')
    await user.click(pending)
    await user.type(await nameField(), '{Enter}')
    answered.resolve(Response.json(LINK, { status: 201 }))
    await screen.findByRole('heading', { name: 'Checkout link ready' })
    expect(created()).toBe(1)
  })

  it('keeps what was entered when Polar fails, and does not try again by itself', async () => {
    const { created, user } = open({ create: () => new Response(null, { status: 503 }) })
    await user.type(await nameField(), 'Summer')
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect((await nameField()).value).toBe('Summer')
    expect(created()).toBe(1)
    expect(pressCreate().getAttribute('aria-disabled')).toBe('false')
  })

  it('begins with the product in the address', async () => {
    open({ path: `${PATH}?product=Workshop` })
    expect((await box('Workshop')).checked).toBe(true)
    expect((await box('Reader plan')).checked).toBe(false)
  })

  it('asks for the permission that it takes, and has the draft when the person is back', async () => {
    const reader = { ...ACME, scopes: [...ACME.scopes, 'checkout_links:read'] }
    const { server, left, user } = open({ connection: reader })
    server.on('/bff/authorize', () =>
      Response.json({
        authorization_url: 'http://127.0.0.1:4567/oauth2/authorize?client_id=x',
        state: 's'.repeat(43),
        expires_at: '2026-11-23T14:12:00Z',
      }),
    )
    await user.type(await nameField(), 'Summer')
    await user.click(await box('Workshop'))
    expect(screen.queryByRole('button', { name: 'Create checkout link' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Grant permission to create links' }))
    await waitFor(() => expect(left).toHaveLength(1))
    expect(server.bodies.at(-1)).toMatchObject({
      scopes: [...reader.scopes, 'checkout_links:write'],
      organization: 'org-1',
    })
  })

  it('comes back from a reload with all that was entered', async () => {
    const draft = {
      name: 'Summer',
      productIds: ['Workshop'],
      successPage: 'https://shop.example',
      discountCodes: false,
      billingAddress: true,
    }
    sessionStorage.setItem('polar-connect:link-draft', JSON.stringify({ subject: 'org-1', draft }))
    open()
    expect((await nameField()).value).toBe('Summer')
    expect((await box('Workshop')).checked).toBe(true)
    expect((await box('Allow discount codes')).checked).toBe(false)
    expect((await box('Require full billing address')).checked).toBe(true)
  })

  it('stays as it is when the session ends, and sends nothing until the person reconnects', async () => {
    const { created, server, user } = open({
      create: () => problem(401, 'reauthorization_required', { generation: 1 }),
    })
    server.on('/bff/session', () => Response.json(sessionOf(writer)))
    await user.type(await nameField(), 'Summer')
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    await screen.findByText('Your Polar session ended. Reconnect to keep working on this page.')
    expect((await nameField()).value).toBe('Summer')
    const before = created()
    const button = pressCreate()
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(
      document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent,
    ).toBe('Polar Connect no longer has access to Acme Books.')
    await user.click(button)
    expect(created()).toBe(before)
    expect(sessionStorage.getItem('polar-connect:link-draft')).toContain('Summer')
  })

  it('is forgotten where the person logs out, here or in another tab', async () => {
    const { hear, user } = open()
    await user.type(await nameField(), 'Summer')
    expect(sessionStorage.getItem('polar-connect:link-draft')).toContain('Summer')
    hear({ type: 'session', session: sessionOf() })
    await screen.findByText('You logged out in another tab.')
    expect(sessionStorage.getItem('polar-connect:link-draft')).toBeNull()
  })

  it('searches among many products, and never hides one that is chosen', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `Book ${at + 1}`)
    const { user } = open({ products: () => page(names.map((name) => product(name))) })
    await user.click(await box('Book 1'))
    await user.type(screen.getByRole('searchbox', { name: 'Search products' }), '7')
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'Book 2' })).toBeNull())
    expect((await box('Book 1')).checked).toBe(true)
    expect(await box('Book 7')).toBeTruthy()
  })

  it('without anything to sell says so', async () => {
    open({ products: () => page([]) })
    expect(await screen.findByRole('heading', { name: 'No products yet' })).toBeTruthy()
  })
})

describe('A checkout link that is ready', () => {
  it('is there again after a reload', async () => {
    const { server } = open({ path: `${PATH}?created=${ID}` })
    await screen.findByDisplayValue(LINK.url)
    expect(server.calls).toContain(`GET ${LINKS}${ID}`)
  })
})

describe('Checkout links', () => {
  const path = '/dashboard/checkout-links'
  const list = (items: readonly object[]) => open({ path, create: () => page(items) })

  it('stand in a table, each to copy and to open by its name', async () => {
    const unnamed = {
      ...LINK,
      id: 'b9b8c7d6-e5f4-4a3b-9c2d-1e0f9a8b7c88',
      label: null,
      products: [product('Workshop'), product('Reader plan')],
    }
    list([LINK, unnamed])
    await screen.findByRole('rowheader', { name: 'Summer' })
    expect(screen.getByText('2 checkout links')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Copy link for Summer' })).toBeTruthy()
    expect(screen.getByRole('link', { name: /^Open link for Summer/ }).getAttribute('href')).toBe(
      LINK.url,
    )
    const name = 'Copy link for Workshop and Reader plan'
    expect(screen.getByRole('button', { name })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Create checkout link' })).toBeTruthy()
  })

  it('of which there are none begin with the first', async () => {
    list([])
    await screen.findByRole('heading', { name: 'No checkout links yet' })
    expect(screen.getByText('A checkout link is a web address where people can buy.')).toBeTruthy()
    expect(screen.getAllByRole('link', { name: 'Create checkout link' })).toHaveLength(1)
  })
})
