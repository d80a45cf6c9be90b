import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createTestBrowser } from '../testing/browser.ts'
import { createLocalPolar } from '../testing/local-polar.ts'

describe('an answer of a BFF that an app mounts', () => {
  it.each([
    ['/bff/session', 200],
    ['/bff/api/v1/products/', 401],
  ])('keeps what middleware of the app has set: %s', async (path, status) => {
    const { bff } = await createLocalPolar()
    const app = new Hono()
    app.use(async (c, next) => {
      c.header('X-Before', 'one')
      await next()
      c.header('X-After', 'two')
    })
    app.route('/', bff)
    const answer = await createTestBrowser(app).fetch(path)
    expect(answer.status).toBe(status)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-before': 'one',
      'x-after': 'two',
      'cache-control': 'no-store',
    })
  })
})
