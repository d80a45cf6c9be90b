// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  ACME,
  createFakeServer,
  page,
  problem,
  product,
  sessionOf,
  type Answer,
} from '../testing/fake-server.ts'
import { faultsDuring } from '../testing/faults.ts'
import { openApp } from '../testing/open-app.tsx'

afterEach(() => vi.restoreAllMocks())

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

const KEY = 'polar-connect:link-drafts'
const kept = () => sessionStorage.getItem(KEY)
const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name })
const nameField = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })
const pressCreate = () => screen.getByRole('button', { name: 'Create checkout link' })

describe('The form of a checkout link', () => {
  it('creates a link from what was entered, and shows it', async () => {
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
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Link' }).value).toBe(LINK.url)
    expect(screen.getByRole('button', { name: 'Copy link' })).toBeTruthy()
    const opening = screen.getByRole('link', { name: /^Open link/ })
    expect(opening.getAttribute('href')).toBe(LINK.url)
    expect(location.search).toBe(`?created=${ID}`)
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Checkout link ready'))
    expect(kept()).not.toContain('Summer')
    await user.click(screen.getByRole('link', { name: 'Create another' }))
    expect((await nameField()).value).toBe('')
  })

  it('names each wrong field, with a link to it', async () => {
    const { created, user } = open()
    await box('Workshop')
    await user.type(screen.getByLabelText('Success page'), 'shop.example')
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(pressCreate())
    const summary = await screen.findByRole('alert')
    expect(
      within(summary).getByRole('heading', { name: '2 things to fix: Products, Success page' }),
    ).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(summary))
    await user.click(within(summary).getByRole('link', { name: 'Choose at least one product.' }))
    expect(document.activeElement).toBe(await box('Reader plan'))
    const address = screen.getByLabelText<HTMLInputElement>('Success page')
    expect(address.getAttribute('aria-invalid')).toBe('true')
    const described = (address.getAttribute('aria-describedby') ?? '').split(' ')
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      'Where buyers land after paying. Starts with https://.',
      'Enter a full link that starts with https://.',
    ])
    // A field that had a fault is checked again with each change.
    await user.click(await box('Reader plan'))
    expect(
      within(summary).getByRole('heading', { name: '1 thing to fix: Success page' }),
    ).toBeTruthy()
    await user.clear(address)
    await user.type(address, 'https://shop.example')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(created()).toBe(0)
  })

  it('shows each error of Polar at its field, and the others above all fields', async () => {
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

  it('sends once, even if its button is pressed again', async () => {
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

  it('keeps what was entered if Polar fails, and does not retry by itself', async () => {
    const { created, user } = open({ create: () => new Response(null, { status: 503 }) })
    await user.type(await nameField(), 'Summer')
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    await screen.findByRole('heading', { name: "Polar isn't responding right now" })
    expect((await nameField()).value).toBe('Summer')
    expect(created()).toBe(1)
    expect(pressCreate().getAttribute('aria-disabled')).toBe('false')
  })

  it('sends once if the answer is lost, also while the server answers other calls', async () => {
    const { created, server, user } = open({ create: () => Promise.reject(new TypeError('lost')) })
    server.on('/bff/health', () => Response.json({ status: 'ok' }))
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    await screen.findByRole('heading', { name: "This app's server isn't answering" })
    expect(created()).toBe(1)
  })

  it('hides no fault that comes after the link is made', async () => {
    const fault = new TypeError('no such page')
    const { user } = open()
    await user.click(await box('Workshop'))
    vi.spyOn(history, 'replaceState').mockImplementation(() => {
      throw fault
    })
    const faults = await faultsDuring(async () => {
      await user.click(pressCreate())
      await screen.findByText('Checkout link created.')
    })
    expect(faults).toEqual([fault])
  })

  it('begins with the product in the address', async () => {
    open({ path: `${PATH}?product=Workshop` })
    expect((await box('Workshop')).checked).toBe(true)
    expect((await box('Reader plan')).checked).toBe(false)
  })

  it('asks for the missing permission, and has the draft when the person returns', async () => {
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
    await box('Workshop')
    expect(screen.queryByRole('button', { name: 'Create checkout link' })).toBeNull()
    // Faults show before the consent.
    await user.click(screen.getByRole('button', { name: 'Allow creating links' }))
    await screen.findByRole('heading', { name: '1 thing to fix: Products' })
    expect(left).toHaveLength(0)
    await user.click(await box('Workshop'))
    await user.click(screen.getByRole('button', { name: 'Allow creating links' }))
    await waitFor(() => expect(left).toHaveLength(1))
    expect(server.bodies.at(-1)).toMatchObject({
      scopes: [...reader.scopes, 'checkout_links:write'],
      organization: 'org-1',
    })
  })

  it('keeps what was entered after a reload', async () => {
    const draft = {
      name: 'Summer',
      productIds: ['Workshop'],
      successPage: 'https://shop.example',
      discountCodes: false,
      billingAddress: true,
    }
    sessionStorage.setItem(KEY, JSON.stringify({ subject: 'org-1', drafts: { new: draft } }))
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
    await screen.findByText(
      'Polar Connect no longer has access to Acme Books. Reconnect to keep working on this page.',
    )
    expect((await nameField()).value).toBe('Summer')
    const before = created()
    const button = pressCreate()
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(
      document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent,
    ).toBe('Polar Connect no longer has access to Acme Books.')
    await user.click(button)
    expect(created()).toBe(before)
    expect(kept()).toContain('Summer')
  })

  it('is forgotten when the person logs out, here or in another tab', async () => {
    const { hear, user } = open()
    await user.type(await nameField(), 'Summer')
    expect(kept()).toContain('Summer')
    hear({ type: 'session', session: sessionOf() })
    await screen.findByText('You logged out in another tab.')
    expect(kept()).toBeNull()
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
    expect(await screen.findByRole('heading', { name: 'You need a product first' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Create checkout link' })).toBeNull()
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull()
  })
})

describe('An existing checkout link', () => {
  const link = {
    ...LINK,
    label: 'Summer',
    success_url: null,
    allow_discount_codes: true,
    require_billing_address: false,
    products: [product('Workshop')],
  }
  const EDIT = `/dashboard/checkout-links/${ID}`

  function edit(connection = writer) {
    const opened = open({ path: EDIT, connection, create: () => page([link]) })
    opened.server.on(`${LINKS}${ID}`, () => Response.json(link))
    const sent = (method: string) =>
      opened.server.calls.filter((call) => call === `${method} ${LINKS}${ID}`).length
    return { ...opened, sent }
  }

  it('is sent only with its changes', async () => {
    const { server, sent, user } = edit()
    const name = await nameField()
    expect(name.value).toBe('Summer')
    expect((await box('Workshop')).checked).toBe(true)
    await user.clear(name)
    await user.type(name, 'Autumn')
    await user.click(await box('Require full billing address'))
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    await screen.findByText('Changes saved.')
    await screen.findByRole('heading', { level: 1, name: 'Checkout links' })
    expect(server.bodies.at(-1)).toEqual({ label: 'Autumn', require_billing_address: true })
    expect(sent('PATCH')).toBe(1)
    expect(kept()).not.toContain('Autumn')
  })

  it('asks before a link leads away from changes', async () => {
    const { sent, user } = edit()
    await user.type(await nameField(), '!')
    await user.click(screen.getByRole('link', { name: 'Cancel' }))
    await screen.findByRole('heading', { name: 'Leave without saving?' })
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Stay'))
    await user.click(screen.getByRole('button', { name: 'Stay' }))
    expect(location.pathname).toBe(EDIT)
    await user.click(screen.getByRole('link', { name: 'Cancel' }))
    await user.click(screen.getByRole('button', { name: 'Leave' }))
    await screen.findByRole('heading', { level: 1, name: 'Checkout links' })
    expect(sent('PATCH')).toBe(0)
    expect(kept()).not.toContain('Summer!')
  })

  it('keeps its changes while another link is made or looked at', async () => {
    const { server, user } = edit()
    const other = { ...link, id: 'b9b8c7d6-e5f4-4a3b-9c2d-1e0f9a8b7c88', label: 'Winter' }
    server.on(`${LINKS}${other.id}`, () => Response.json(other))
    await user.type(await nameField(), '!')
    for (const path of [`/dashboard/checkout-links/${other.id}`, PATH]) {
      cleanup()
      openApp(path, server)
      expect((await nameField()).value).not.toContain('Summer')
    }
    server.on(LINKS, () => Response.json(LINK, { status: 201 }))
    await user.click(await box('Workshop'))
    await user.click(pressCreate())
    await screen.findByRole('heading', { name: 'Checkout link ready' })
    cleanup()
    openApp(EDIT, server)
    expect((await nameField()).value).toBe('Summer!')
  })

  it('shows what is saved, unless there are changes of this tab', async () => {
    const { server } = edit()
    expect((await nameField()).value).toBe('Summer')
    cleanup()
    server.on(`${LINKS}${ID}`, () => Response.json({ ...link, label: 'Autumn' }))
    openApp(EDIT, server)
    expect((await nameField()).value).toBe('Autumn')
  })

  it('asks for the permission to change it', async () => {
    edit({ ...writer, scopes: [...ACME.scopes, 'checkout_links:read'] })
    await nameField()
    expect(screen.getByRole('button', { name: 'Allow editing links' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull()
  })

  it('that is gone leads back to the list', async () => {
    const { server } = edit()
    server.on(`${LINKS}${ID}`, () => problem(404, 'not_found'))
    await screen.findByRole('heading', { name: "We couldn't find this checkout link" })
    const back = screen.getByRole('link', { name: 'Back to checkout links' })
    expect(back.getAttribute('href')).toBe('/dashboard/checkout-links')
  })

  describe('is deleted from the list', () => {
    const other = { ...link, id: 'b9b8c7d6-e5f4-4a3b-9c2d-1e0f9a8b7c88', label: 'Winter' }

    async function remove(answer: () => Response) {
      let links = [link, other]
      const opened = open({ path: '/dashboard/checkout-links', create: () => page(links) })
      opened.server.on(`${LINKS}${ID}`, () => {
        links = [other]
        return answer()
      })
      const { user } = opened
      await screen.findByRole('rowheader', { name: 'Summer' })
      await user.click(screen.getAllByRole('menuitem', { name: 'Delete', hidden: true })[0]!)
      return opened
    }

    it.each([
      ['once that is confirmed', () => new Response(null, { status: 204 })],
      ['also where it was gone before', () => problem(404, 'not_found')],
    ])('%s, and the next one has the focus', async (_, answer) => {
      const { user } = await remove(answer)
      await screen.findByRole('heading', { name: 'Delete this checkout link?' })
      expect(
        screen.getByText(
          "People who open Summer can't buy any more. Orders stay. You can't undo this.",
        ),
      ).toBeTruthy()
      expect(document.activeElement?.textContent).toBe('Keep link')
      await user.click(screen.getByRole('button', { name: 'Delete link' }))
      await screen.findByText('Checkout link deleted.')
      await waitFor(() => expect(screen.queryByRole('rowheader', { name: 'Summer' })).toBeNull())
      expect(document.activeElement?.textContent).toBe('Winter')
    })
  })
})

describe('A checkout link that is ready', () => {
  it('is still shown after a reload', async () => {
    const { server } = open({ path: `${PATH}?created=${ID}` })
    await screen.findByDisplayValue(LINK.url)
    expect(server.calls).toContain(`GET ${LINKS}${ID}`)
  })
})

describe('Checkout links', () => {
  const path = '/dashboard/checkout-links'
  const list = (items: readonly object[]) => open({ path, create: () => page(items) })

  it('are in a table, where each can be copied and opened', async () => {
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

  it('offer to create the first one if there are none', async () => {
    list([])
    await screen.findByRole('heading', { name: 'No checkout links yet' })
    expect(
      screen.getByText('A checkout link is a page where people can buy from you.'),
    ).toBeTruthy()
    expect(screen.getAllByRole('link', { name: 'Create checkout link' })).toHaveLength(1)
  })
})
