/** A local Polar whose list of products is ready in memory: what is measured is the way to it. */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createEmulator } from '@polar-connect/emulator'

const emulator = createEmulator({ redirectUris: [process.env['REDIRECT_URI'] ?? ''] })
const others = getRequestListener(emulator.fetch)
const empty = JSON.stringify({ items: [], pagination: { total_count: 0, max_page: 0 }, more: '' })
/** 256 bytes. */
const list = empty.replace('""', JSON.stringify('x'.repeat(256 - empty.length)))

createServer((incoming, outgoing) => {
  if (!incoming.url?.startsWith('/v1/products/')) return void others(incoming, outgoing)
  outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': list.length })
  outgoing.end(list)
}).listen(Number(process.env['PORT']), '127.0.0.1')
