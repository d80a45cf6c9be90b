/** A proxy between the app and the emulator that can misbehave in ways a server should not. */
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PolarFront {
  readonly url: string
  close(): Promise<void>
}

/** Passes on what `intercept` does not answer itself. */
export async function startPolarFront(
  polarUrl: string,
  intercept: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean,
): Promise<PolarFront> {
  const server = createServer((incoming, outgoing) => {
    if (intercept(incoming, outgoing)) return
    const { method, url, headers } = incoming
    const onward = request(new URL(url ?? '/', polarUrl), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
