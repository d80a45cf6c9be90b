/** The built app from disk: its files, and its page for all other addresses. */
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { answerHeaders } from './document-headers.ts'
import { asksForPage, looksLikeCall } from './page-request.ts'

/** @param root directory of the build. @param strict the `Strict-Transport-Security`, if there is one. */
export function createStaticFiles(root: string, strict: string | undefined): Hono {
  const app = new Hono()
  const page = serveStatic({ root, path: 'index.html', precompressed: true })
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      return c.text('Method not allowed', 405, { Allow: 'GET, HEAD' })
    }
    if (!looksLikeCall(c.req.path)) await next()
    else c.res = await c.notFound()
    const headers = answerHeaders(c.req.path, c.res.status, strict)
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    return undefined
  })
  app.use(serveStatic({ root, precompressed: true }))
  app.use((c, next) =>
    asksForPage(c.req.path, (name) => c.req.header(name))
      ? page(c, next)
      : Promise.resolve(c.notFound()),
  )
  return app
}
