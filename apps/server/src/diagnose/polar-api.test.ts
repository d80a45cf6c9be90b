import { createFetchUpstream, PINNED_API, polarServer } from '@polar-connect/bff'
import { createEmulator, type Emulator } from '@polar-connect/emulator'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkPolarApi, compare, type Contract } from './polar-api.ts'

const ORIGIN = 'http://127.0.0.1:4567'
const { version } = PINNED_API

let emulator: Emulator
beforeEach(() => {
  emulator = createEmulator()
})

function check() {
  const upstream = createFetchUpstream((...call) => emulator.fetch(new Request(...call)))
  return checkPolarApi(polarServer(ORIGIN), upstream, version)
}

async function settings(change: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  const init = { method: 'PATCH', headers, body: JSON.stringify(change) }
  await emulator.fetch(new Request(`${ORIGIN}/_emulator/settings`, init))
}

/** The additional lines after `change` was made to the contract. */
async function newLines(change: (contract: Contract) => void): Promise<readonly string[]> {
  const url = `${ORIGIN}/${version}/openapi.json`
  const contract = (await (await emulator.fetch(new Request(url))).json()) as Contract
  const before = (await compare(contract, version)).map(({ text }) => text)
  change(contract)
  const after = await compare(contract, version)
  return after.map(({ text }) => text).filter((text) => !before.includes(text))
}

type Changeable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

describe('the contract of the API', () => {
  it('has a line for a removed route', async () => {
    const lines = await newLines(({ paths }) => {
      delete (paths as Changeable<typeof paths>)['/v1/discounts/']
    })
    expect(lines).toEqual(['GET /v1/discounts/ is gone.'])
  })

  it('has a line for a removed method', async () => {
    const lines = await newLines(({ paths }) => {
      delete (paths['/v1/checkout-links/{id}'] as Record<string, unknown>)['delete']
    })
    expect(lines).toEqual(['DELETE /v1/checkout-links/{id} is gone.'])
  })

  it('has a line for a removed parameter, and for a newly required one', async () => {
    const lines = await newLines(({ paths }) => {
      const operation = paths['/v1/orders/']?.['get'] as Changeable<{ parameters: object[] }>
      operation.parameters = operation.parameters
        .filter((parameter) => !('name' in parameter && parameter.name === 'status'))
        .concat({ name: 'region', in: 'query', required: true })
    })
    expect(lines).toEqual([
      'GET /v1/orders/ no longer takes the parameter status.',
      'GET /v1/orders/ requires the new parameter region.',
    ])
  })

  it('has a line for a member with another type', async () => {
    const lines = await newLines(({ components }) => {
      const { properties } = components?.schemas?.['Order'] ?? {}
      ;(properties as Record<string, object>)['total_amount'] = { type: 'string' }
    })
    expect(lines).toEqual(['Order.total_amount is no longer of type integer, but string.'])
  })

  it('accepts compatible changes: new routes, members and optional parameters', async () => {
    const lines = await newLines(({ paths, components }) => {
      Object.assign(paths, { '/v1/quotes/': { get: {} } })
      Object.assign(components?.schemas?.['Order']?.properties ?? {}, { note: { type: 'string' } })
      paths['/v1/orders/']?.['get']?.parameters?.concat({ name: 'note', in: 'query' })
    })
    expect(lines).toEqual([])
  })

  it('has a line for each member that Polar removes, on any route', async () => {
    const before = (await check()).differences ?? []
    await settings({ removed_members: ['Order.due_amount', 'OrderCustomer.email'] })
    const { status, differences = [] } = await check()
    expect(status).toBe('failed')
    expect(differences.slice(0, differences.length - before.length)).toHaveLength(2)
    expect(differences).toEqual(
      expect.arrayContaining([
        { breaks: true, text: 'Order no longer has the member due_amount.' },
        { breaks: true, text: 'OrderCustomer no longer has the member email.' },
      ]),
    )
  })

  it('fails after the version was removed', async () => {
    emulator.clock.advance(Date.parse('2027-04-08T00:00:00Z') / 1000 - emulator.clock.now())
    expect(await check()).toMatchObject({
      status: 'failed',
      detail: 'Polar has no contract of 2026-10. /2026-10/openapi.json answers 404.',
    })
  })

  it('is skipped if there is no contract', async () => {
    const upstream = createFetchUpstream(() => Promise.resolve(new Response('<!doctype html>')))
    expect(await checkPolarApi(polarServer(ORIGIN), upstream, version)).toMatchObject({
      status: 'skipped',
      detail: '/2026-10/openapi.json answers 200 instead of a contract.',
    })
  })
})
