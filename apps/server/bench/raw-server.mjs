/** The minimum of a proxy on Node: `node:http` in front, undici behind, nothing between. */
import { createServer } from 'node:http'
import { Agent } from 'undici'

const origin = process.env['POLAR_SERVER'] ?? ''
const session = process.env['SESSION'] ?? '{}'
const agent = new Agent()
const headers = { accept: 'application/json', authorization: 'Bearer some-token' }

createServer((incoming, outgoing) => {
  const { url = '' } = incoming
  if (url === '/bff/session') {
    const length = Buffer.byteLength(session)
    outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': length })
    return void outgoing.end(session)
  }
  const path = url.slice('/bff/api'.length)
  agent.dispatch(
    { origin, path, method: 'GET', headers },
    {
      onRequestStart: () => undefined,
      onResponseStart: (controller, status) =>
        void outgoing.writeHead(status, controller.rawHeaders?.map(String) ?? []),
      onResponseData: (_, chunk) => void outgoing.write(chunk),
      onResponseEnd: () => void outgoing.end(),
      onResponseError: () => void outgoing.destroy(),
    },
  )
}).listen(Number(process.env['PORT']), '127.0.0.1')
