// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { RECORDS } from '../gallery/fixtures.ts'
import { en } from '../messages/en.ts'
import { createFakeServer, page, SHOP } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'
import type { ResourceWords } from './resource.ts'
import { addressOf, RESOURCES, SCREENS, type ResourceRow } from './table.ts'

function open(row: ResourceRow, records: readonly object[], id?: string) {
  const server = createFakeServer(SHOP)
  const path = `/bff/api/v1/${row.path}/`
  server.on(path, () => page(records))
  server.on('/bff/api/v1/products/', () => page(row.name === 'products' ? records : []))
  server.on('/bff/api/v1/orders/', () => page(row.name === 'orders' ? records : []))
  for (const record of RECORDS[row.name]) {
    server.on(`${path}${record.id}`, () => Response.json(record))
  }
  openApp(addressOf(row, id), server)
  return { server, path }
}

describe('The table of screens', () => {
  it('names each screen and its address once', () => {
    expect(new Set(SCREENS.map(({ name }) => name)).size).toBe(SCREENS.length)
    expect(new Set(SCREENS.map(({ path }) => path)).size).toBe(SCREENS.length)
  })
})

describe.each(RESOURCES)('The list of $path', (row) => {
  const words: ResourceWords = en[row.name]

  it('sorts only by columns that it knows', async () => {
    const resource = await row.resource()
    const columns = resource.columns({ messages: en, locale: 'en-US', from: undefined })
    const offered = columns.flatMap(({ sort }) => sort ?? [])
    expect(resource.sortable).toEqual(expect.arrayContaining(offered))
    const first = resource.defaultSort.replace(/^-/, '')
    expect(resource.sortable).toContain(first)
    expect([...offered, resource.unseenSort?.(en).sort]).toContain(first)
    expect(resource.details !== undefined).toBe(row.details)
    expect(resource.get !== undefined || !row.details).toBe(true)
  })

  it('asks Polar for the connected organization, and shows a row for each record', async () => {
    const records = RECORDS[row.name]
    const { server, path } = open(row, records)
    const table = await screen.findByRole('region', { name: words.table })
    expect(within(table).getAllByRole('rowheader')).toHaveLength(records.length)
    expect(screen.getByRole('heading', { level: 1, name: words.title })).toBeTruthy()
    expect(screen.getByText(words.count(records.length))).toBeTruthy()
    const call = server.calls.find((each) => each.startsWith(`GET ${path}?`))
    expect(call).toContain('organization_id=org-1')
  })

  it('says what will be shown, and how to begin, while it is empty', async () => {
    open(row, [])
    const heading = await screen.findByRole('heading', { name: words.empty })
    const state = heading.parentElement!
    expect(within(state).getByText(words.emptyText)).toBeTruthy()
    expect(within(state).getByRole('link')).toBeTruthy()
  })
})

describe.each(RESOURCES.filter(({ details }) => details))('A page of the $path', (row) => {
  it.each(RECORDS[row.name].map(({ id }) => id))('has its facts at its address: %s', async (id) => {
    open(row, [], id)
    const back = await screen.findByRole('link', { name: `Back to ${en[row.name].thing}` })
    expect(back.getAttribute('href')).toBe(addressOf(row))
    expect(await screen.findByText(id)).toBeTruthy()
    expect(screen.getAllByRole('definition').length).toBeGreaterThan(3)
  })
})
