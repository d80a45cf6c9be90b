// @vitest-environment jsdom
import type { Connection } from '@polar-connect/protocol'
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ACME, createFakeServer } from '../testing/fake-server.ts'
import { openApp } from '../testing/open-app.tsx'

const ORGANIZATION = {
  id: 'org-1',
  name: 'Acme Books',
  slug: 'acme-books',
  website: 'javascript:alert(1)',
  email: 'hello@example.com',
  created_at: '2025-09-30T00:00:00Z',
}

function open(userinfo: object, connection: Connection = ACME) {
  const server = createFakeServer(connection)
  server.on('/bff/userinfo', () => Response.json(userinfo))
  server.on('/bff/api/v1/organizations/org-1', () => Response.json(ORGANIZATION))
  return openApp('/dashboard/profile', server)
}

describe('The profile', () => {
  it('shows an organization and the person behind it', async () => {
    open({ sub: 'user-1', name: 'Ada Lovelace', email: 'ada@example.com', email_verified: true })
    await screen.findByRole('heading', { level: 1, name: 'Acme Books' })
    const person = await screen.findByRole('region', { name: 'Connected by' })
    expect(within(person).getByText('Ada Lovelace')).toBeTruthy()
    expect(within(person).getByText('Email verified')).toBeTruthy()
    await screen.findByText('hello@example.com')
  })

  it('never links to what is not a web address', async () => {
    open({ sub: 'user-1' })
    await screen.findByText('hello@example.com')
    expect(document.querySelector('a[href^="javascript"]')).toBeNull()
  })

  it('shows only the organization for a token without a person', async () => {
    open({ sub: 'org-1', name: 'Acme Books' })
    await screen.findByText('hello@example.com')
    await screen.findByRole('button', { name: 'Copy organization ID' })
    expect(screen.queryByRole('region', { name: 'Connected by' })).toBeNull()
  })

  it('offers to share what is missing', async () => {
    const user = { type: 'user', id: 'user-1' } as const
    open({ sub: 'user-1' }, { ...ACME, subject: user, user: { id: 'user-1' } })
    await screen.findByRole('heading', { level: 1, name: 'Your profile' })
    await screen.findByText('Not shared')
    expect(screen.getByRole('button', { name: 'Share your email' })).toBeTruthy()
    expect(screen.getByText('Not provided')).toBeTruthy()
  })
})
