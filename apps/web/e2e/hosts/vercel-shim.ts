/**
 * Vercel's Node runtime as far as a function sees it: requests as they came on a server of Node's,
 * the caller's address in a header, and `waitUntil` in the global scope. Which paths reach the
 * function is read from the routes that are uploaded with it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'

interface Route {
  readonly src?: string
  readonly dest?: string
}

const OUTPUT = new URL('../../../server/dist/vercel/.vercel/output/', import.meta.url)
const { routes } = JSON.parse(readFileSync(new URL('config.json', OUTPUT), 'utf8')) as {
  routes: readonly Route[]
}
const ours = routes
  .filter(({ dest }) => dest === '/bff')
  .map(({ src = '' }) => new RegExp(`^(?:${src})$`))

const requests = new AsyncLocalStorage<{ waitUntil(work: Promise<unknown>): void }>()
Reflect.set(globalThis, Symbol.for('@vercel/request-context'), { get: () => requests.getStore() })
const { default: handler } = (await import(
  new URL('functions/bff.func/index.js', OUTPUT).href
)) as { default: RequestListener }

const background = new Set<Promise<unknown>>()
const server = createServer((incoming, outgoing) => {
  const [path = ''] = (incoming.url ?? '').split('?')
  if (!ours.some((route) => route.test(path))) {
    outgoing.writeHead(404).end()
    return
  }
  const address = incoming.socket.remoteAddress ?? ''
  incoming.headers['x-real-ip'] = address
  incoming.headers['x-forwarded-for'] = address
  requests.run({ waitUntil: (work) => void background.add(work) }, () =>
    handler(incoming, outgoing),
  )
})
server.listen(Number(process.env['PORT']), 'localhost')
