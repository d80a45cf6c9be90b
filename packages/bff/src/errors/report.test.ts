/** Each reference that a person sees is in the log, also where an app's own route fails. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createTestBrowser } from '../testing/browser.ts'
import { createLocalPolar } from '../testing/local-polar.ts'

async function createApp() {
  const polar = await createLocalPolar()
  const { bff } = polar
  const app = new Hono()
  app.use('/own/*', bff.gate)
  app.get('/own/products', (c) => bff.callPolar(c, '/v1/products/'))
  app.get('/own/handled', async (c) => {
    try {
      return await bff.callPolar(c, '/v1/products/')
    } catch (error) {
      return bff.toResponse(error, c.req)
    }
  })
  app.get('/own/broken', (c) => {
    const inner = new RangeError('the order of ada@example.com')
    return bff.toResponse(new TypeError('polar_at_u_FakeFakeFake', { cause: inner }), c.req)
  })
  const refused = () => polar.events.filter((event) => event.type === 'refused')
  return { browser: createTestBrowser(app), refused }
}

describe('the reference of a refusal', () => {
  it.each([
    ['/own/products', {}, 401, 'not_connected'],
    ['/own/handled', {}, 401, 'not_connected'],
    ['/own/products', { 'X-CSRF': '0' }, 403, 'csrf_rejected'],
  ])('at %s is in the log, once', async (path, headers, status, code) => {
    const { browser, refused } = await createApp()
    const answer = await browser.fetch(path, { headers })
    const { reference } = (await answer.json()) as { reference: string }
    expect(answer.status).toBe(status)
    expect(refused()).toMatchObject([{ code, status, reference, method: 'GET' }])
  })

  it('stands for an unforeseen error too, and the log holds no token of it', async () => {
    const { browser, refused } = await createApp()
    const answer = await browser.fetch('/own/broken')
    const problem = (await answer.json()) as { reference: string }
    expect(problem).toMatchObject({ code: 'internal', status: 500 })
    expect(refused()).toMatchObject([
      {
        code: 'internal',
        reference: problem.reference,
        reason: 'TypeError: [redacted]',
        stack: expect.stringMatching(
          /^ +at .*report\.test\.ts:\d+:\d+\)?\n[^]*\ncaused by RangeError\n +at .*report\.test\.ts/,
        ),
      },
    ])
  })
})
