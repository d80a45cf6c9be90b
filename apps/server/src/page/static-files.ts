/** The built app from disk: its files where they exist, and its page for every other address. */
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { documentHeaders } from './document-headers.ts'
import { isPageAddress } from './page-address.ts'

/** @param root directory of the build. @param secure whether people open the app over https. */
export function createStaticFiles(root: string, secure: boolean): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return c.text('Method not allowed', 405)
    await next()
    for (const [name, value] of Object.entries(documentHeaders(c.req.path, secure))) {
      c.header(name, value)
    }
    return undefined
  })
  app.use(serveStatic({ root, precompressed: true }))
  // A missing file must not be answered with a page: a script would be HTML.
  app.get('/assets/*', (c) => c.notFound())
  app.use((c, next) => (isPageAddress(c.req.path) ? next() : Promise.resolve(c.notFound())))
  app.get('*', serveStatic({ root, path: 'index.html', precompressed: true }))
  return app
}
