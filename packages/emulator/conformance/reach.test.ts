/** What a token can access when something changes at Polar, at which address, and how long a connection stays open. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { ACME, ADA, NORD, startPolar, type Polar } from './polar.ts'

let polar: Polar
beforeEach(async () => {
  polar = await startPolar()
})
afterEach(() => polar.close())

const membership = { person: ADA, organization: ACME }

async function reached(token: string): Promise<string[] | number> {
  const answer = await polar.api('/v1/organizations/', token)
  if (answer.status !== 200) return answer.status
  const { items } = await polar.json(answer)
  return (items as { id: string }[]).map(({ id }) => id)
}
const offered = async () => {
  const answer = await polar.json(await polar.authorize({ sub_type: 'organization' }))
  return (answer['organizations'] as { id: string }[]).map(({ id }) => id)
}

describe('an organization', () => {
  it('is inaccessible after the person leaves it, but the token stays valid', async () => {
    const all = await polar.mint(ADA, ['organizations:read'])
    const one = await polar.mint(ADA, ['organizations:read'], [ACME])
    await polar.control('DELETE', '/memberships', membership)
    expect(await reached(all)).not.toContain(ACME)
    expect(await reached(one)).toEqual([])
    expect(await offered()).not.toContain(ACME)
    await polar.control('PUT', '/memberships', { ...membership, role: 'admin' })
    expect(await reached(one)).toEqual([ACME])
  })

  it('is inaccessible to everyone while Polar blocks it', async () => {
    const one = await polar.mint(ADA, ['organizations:read', 'products:read'], [ACME])
    await polar.control('PATCH', `/organizations/${ACME}`, { blocked: true })
    expect(await reached(one)).toEqual([])
    expect((await polar.json(await polar.api('/v1/products/', one)))['items']).toEqual([])
    expect(await offered()).not.toContain(ACME)
    await polar.control('PATCH', `/organizations/${ACME}`, { blocked: false })
    expect(await reached(one)).toEqual([ACME])
  })

  it('ends the tokens limited to it when it enforces SSO, and is hidden from others', async () => {
    const all = await polar.mint(ADA, ['organizations:read'])
    const one = await polar.mint(ADA, ['organizations:read'], [ACME])
    const other = await polar.mint(ADA, ['organizations:read'], [NORD])
    await polar.control('PATCH', `/organizations/${ACME}`, { sso_enforced: true })
    expect(await reached(one)).toBe(401)
    expect(await reached(other)).toEqual([NORD])
    expect(await reached(all)).toContain(NORD)
    expect(await reached(all)).not.toContain(ACME)
    expect(await offered()).not.toContain(ACME)
    const allowed = await polar.consent(
      { action: 'allow', organizations: ACME },
      { sub_type: 'organization' },
    )
    expect(allowed.status).toBe(400)
  })
})

describe('the sandbox', () => {
  it('is named in every answer of the application, and in none of the outer layers', async () => {
    const token = await polar.mint(ADA, ['organizations:read'])
    const header = async (bearer: string) =>
      (await polar.api('/v1/organizations/', bearer)).headers.get('X-Polar-Sandbox')
    expect(await header(token)).toBeNull()
    await polar.control('PATCH', '/settings', { environment: 'sandbox' })
    expect(await header(token)).toBe('1')
    expect(await header('polar_at_u_unknown')).toBeNull()
    expect((await polar.refresh('unknown')).headers.get('X-Polar-Sandbox')).toBe('1')
  })
})

describe('an IPv6 address', () => {
  it('is in brackets, wherever it is published', async () => {
    const emulator = createEmulator()
    const { url, close } = await emulator.listen({ host: '::1' })
    expect(new URL(url).hostname).toBe('[::1]')
    const { token_endpoint } = emulator.metadata
    expect((await fetch(token_endpoint, { method: 'POST', body: '' })).status).toBe(400)
    await close()
  })
})

describe('an idle connection', () => {
  it('stays open for longer than a busy machine may pause', async () => {
    const answer = await polar.get('/_emulator/health')
    expect(answer.headers.get('Keep-Alive')).toBe('timeout=75')
  })
})
