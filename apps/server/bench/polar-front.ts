/** An emulator with its list of products ready in memory: the bench measures only the way to it. */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createEmulator } from '@polar-connect/emulator'

const emulator = createEmulator({ redirectUris: [process.env['REDIRECT_URI'] ?? ''] })
const others = getRequestListener(emulator.fetch)
const empty = JSON.stringify({ items: [], pagination: { total_count: 0, max_page: 0 }, more: '' })
const listOf = (bytes: number) =>
  Buffer.from(empty.replace('""', JSON.stringify('x'.repeat(bytes - empty.length))))
const lists: Readonly<Record<string, Buffer>> = {
  '/v1/products/?limit=1': listOf(256),
  '/v1/products/?limit=100': listOf(10 * 1024),
}

createServer((incoming, outgoing) => {
  const list = lists[incoming.url ?? '']
  if (list === undefined) return void others(incoming, outgoing)
  outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': list.length })
  outgoing.end(list)
}).listen(Number(process.env['PORT']), '127.0.0.1')
