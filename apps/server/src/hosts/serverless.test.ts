import { randomBytes } from 'node:crypto'
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '@polar-connect/emulator'
import type { Problem } from '@polar-connect/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createBackground } from '../background.ts'
import { createServerless, type Host } from './serverless.ts'

const env = {
  POLAR_CLIENT_ID: DEFAULT_CLIENT_ID,
  POLAR_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  APP_ORIGIN: 'https://app.example',
  SESSION_SECRETS: randomBytes(32).toString('base64url'),
  SECURITY_CONTACT: 'mailto:security@app.example',
  LOG_LEVEL: 'silent',
}
const host: Host = { builtAt: '2026-11-01T00:00:00.000Z', clientAddress: () => undefined }
const { context } = createBackground()

function ask(path: string, more: Partial<Host> = {}, settings: object = env) {
  const serve = createServerless({ ...settings }, { ...host, ...more })
  return serve(new Request(`https://app.example${path}`), {}, context)
}

describe('a host that starts by its first request', () => {
  it('answers as the BFF, with security.txt, and with its page', async () => {
    expect(await (await ask('/bff/health')).json()).toEqual({ status: 'ok' })
    const text = await ask('/.well-known/security.txt')
    expect(await text.text()).toContain('Expires: 2027-10-31T00:00:00.000Z')
    expect((await ask('/dashboard')).status).toBe(404)
    const page = await ask('/dashboard', { page: () => () => new Response('the page') })
    expect(await page.text()).toBe('the page')
  })

  it('says nothing of security where there is no contact', async () => {
    const { status } = await ask('/.well-known/security.txt', {}, { ...env, SECURITY_CONTACT: '' })
    expect(status).toBe(404)
  })

  const faulty = { ...env, APP_ORIGIN: 'http://app.example', SESSION_SECRETS: 'example-secret' }
  const paths = ['/bff/health', '/bff/session', '/bff/api/v1/orders/', '/.well-known/security.txt']

  it.each(paths)(
    'S21: without a sound configuration answers %s with 500, and logs what is wrong',
    async (path) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
      const answer = await ask(path, {}, faulty)
      const said = log.mock.lastCall?.join(' ') ?? ''
      log.mockRestore()
      expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([500, 'no-store'])
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
      const told = await answer.text()
      // By this code the page says that the app is not set up.
      const { code, reference } = JSON.parse(told) as Problem
      expect(code).toBe('misconfigured')
      expect(said).toContain(reference)
      for (const setting of ['APP_ORIGIN', 'SESSION_SECRETS']) {
        expect(said).toContain(setting)
        expect(told).not.toContain(setting)
      }
      expect(said + told).not.toContain('example-secret')
    },
  )

  it('shows its page without a sound configuration too, and promises no https by it', async () => {
    const page: Host['page'] = (secure) => () => new Response(secure ? 'over https' : 'the page')
    expect(await (await ask('/dashboard', { page }, faulty)).text()).toBe('the page')
    expect(await (await ask('/dashboard', { page })).text()).toBe('over https')
  })
})
